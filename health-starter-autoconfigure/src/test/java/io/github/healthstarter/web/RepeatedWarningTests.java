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

import java.time.Duration;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RepeatedWarning}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RepeatedWarningTests {

	private final ManualTime time = new ManualTime();

	private final RepeatedWarning warning = new RepeatedWarning(LogFactory.getLog(RepeatedWarningTests.class),
			this.time);

	@Test
	void warningIsLoggedOnceAMinuteWithTheNumberSoFar(CapturedOutput output) {
		for (int i = 0; i < 1000; i++) {
			this.warning.log("Attempt " + i + ".");
		}
		this.time.advance(Duration.ofSeconds(59));
		this.warning.log("Attempt 1000.");
		this.time.advance(Duration.ofSeconds(1));
		this.warning.log("Attempt 1001.");
		this.warning.log("Attempt 1002.");
		assertThat(output.toString()
			.lines()
			.filter((line) -> line.contains("Attempt"))
			.map((line) -> line.substring(line.indexOf("Attempt"))))
			.containsExactly("Attempt 0. So far: 1", "Attempt 1001. So far: 1002");
	}

}
