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

package io.github.healthstarter.systemd;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SystemdSettings}.
 */
class SystemdSettingsTests {

	private static final String OWN_PID = String.valueOf(ProcessHandle.current().pid());

	@Test
	void watchdogMindsThisProcess() {
		assertThat(SystemdSettings.watchdog("30000000", OWN_PID)).isEqualTo(Duration.ofSeconds(30));
		assertThat(SystemdSettings.watchdog("30000000", null)).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void watchdogOfAnotherProcessIsNotOurs() {
		assertThat(SystemdSettings.watchdog("30000000", "1")).isNull();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "0", "-1", "soon", "18446744073709551615", "9223372036854775807" })
	void watchdogIsNotThere(String micros) {
		assertThat(SystemdSettings.watchdog(micros, OWN_PID)).isNull();
	}

}
