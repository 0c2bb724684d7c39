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

package io.github.healthstarter.autoconfigure.liveness;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;

import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LivenessAutoConfiguration}.
 */
class LivenessAutoConfigurationTests {

	private static final String ENABLED = "health.liveness.signals.web-server.enabled=";

	@ParameterizedTest
	@ValueSource(strings = { "true", "on", "yes", "1", " TRUE " })
	void webServerIsWatchedIfThatIsSwitchedOn(String value) {
		StarterContext.webRunner()
			.withPropertyValues(ENABLED + value)
			.run((context) -> assertThat(context).hasSingleBean(WebServerSignal.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "off", "no", "0" })
	void webServerIsNotWatchedIfThatIsSwitchedOff(String value) {
		StarterContext.webRunner()
			.withPropertyValues("health.server.port=0", ENABLED + value)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebServerSignal.class));
	}

	@Test
	void webServerIsNotWatchedIfThereIsNoProbeServerAndNoValue() {
		StarterContext.webRunner()
			.withPropertyValues(ENABLED)
			.run((context) -> assertThat(context).doesNotHaveBean(WebServerSignal.class));
	}

	@Test
	void valueThatIsNoBooleanFailsTheStart() {
		StarterContext.webRunner()
			.withPropertyValues(ENABLED + "perhaps")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(BindException.class.getName()));
	}

}
