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

package io.github.healthstarter.autoconfigure.check;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;

class CheckThreadsTests {

	private final Thread thread = CheckThreads.of("db").newThread(() -> {
	});

	@Test
	void threadIsNamedAfterItsCheckAndKeepsNothingAlive() {
		assertThat(this.thread.getName()).startsWith("health-check-db");
		assertThat(this.thread.isDaemon()).isTrue();
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_23)
	void threadIsAPlatformThreadWhereMonitorsPin() {
		assertThat(isVirtual()).isFalse();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_24)
	void threadIsVirtualWhereMonitorsDoNotPin() {
		assertThat(isVirtual()).isTrue();
	}

	private boolean isVirtual() {
		return this.thread.toString().startsWith("VirtualThread");
	}

}
