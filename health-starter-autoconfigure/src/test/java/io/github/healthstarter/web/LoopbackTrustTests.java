/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.healthstarter.web;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoopbackTrust}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LoopbackTrustTests {

	private final List<Runnable> lines = new ArrayList<>();

	private final LoopbackTrust trust = new LoopbackTrust(this.lines::add);

	@Test
	void isLoopbackIsTrueForTheWholeOfIt() {
		assertThat(List.of("127.0.0.1", "127.0.0.6", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:1%lo"))
			.allMatch(LoopbackTrust::isLoopback);
		assertThat(List.of("", "10.0.0.1", "1270.0.0.1", "::", "::12", "::1:2", "0:0:0:0:0:0:0:12", "::2"))
			.noneMatch(LoopbackTrust::isLoopback);
	}

	@Test
	void loseEndsTheTrustAndLogsOneLineOffTheCallingThread(CapturedOutput output) {
		assertThat(this.trust.isHeld()).isTrue();
		this.trust.lose("shop.example\u0085\u202eevil");
		this.trust.lose("other.example");
		assertThat(this.trust.isLost()).isTrue();
		assertThat(this.trust.isHeld()).isFalse();
		assertThat(output.getAll()).doesNotContain("shop.example");
		this.lines.forEach(Runnable::run);
		assertThat(this.lines).hasSize(1);
		assertThat(output.getAll()).contains("'shop.example evil'", "'health.access.token'", "'health.access.hosts'")
			.doesNotContain("other.example");
	}

	@Test
	void keepHoldsTheTrustWhateverComes() {
		this.trust.keep();
		this.trust.lose("shop.example");
		assertThat(this.trust.isLost()).isFalse();
		assertThat(this.trust.isHeld()).isFalse();
		assertThat(this.lines).isEmpty();
	}

}
