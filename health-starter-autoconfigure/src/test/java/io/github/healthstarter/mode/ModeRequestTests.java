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

package io.github.healthstarter.mode;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ModeRequest}.
 */
class ModeRequestTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	@ParameterizedTest
	@CsvSource({ "normal, NORMAL", "read-only, READ_ONLY", "maintenance, MAINTENANCE" })
	void parseReadsTheMode(String label, Mode mode) {
		assertThat(ModeRequest.parse(Map.of("mode", label), NOW)).isEqualTo(new ModeRequest(mode, null, null, null));
	}

	@ParameterizedTest
	@CsvSource({ "until, 2026-01-02T04:04:05Z, 2026-01-02T04:04:05Z",
			"until, 2026-01-02T05:04:05+01:00, 2026-01-02T04:04:05Z", "for, 90s, 2026-01-02T03:05:35Z",
			"for, 2h, 2026-01-02T05:04:05Z", "for, PT1M, 2026-01-02T03:05:05Z" })
	void parseReadsTheEnd(String name, String value, Instant until) {
		assertThat(ModeRequest.parse(Map.of("mode", "maintenance", name, value), NOW).until()).isEqualTo(until);
	}

	@Test
	void parseTakesNullsForMissing() {
		Map<String, String> values = new HashMap<>();
		values.put("mode", "maintenance");
		values.put("until", null);
		values.put("by", null);
		assertThat(ModeRequest.parse(values, NOW)).isEqualTo(new ModeRequest(Mode.MAINTENANCE, null, null, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "mode | MAINTENANCE | 'mode' must be one of normal, read-only, maintenance",
					"mode | \"\" | 'mode' must be one of normal, read-only, maintenance",
					"until | tomorrow | 'until' must be a date and time such as 2026-01-02T03:04:05Z",
					"until | 2026-01-02 | 'until' must be a date and time such as 2026-01-02T03:04:05Z",
					"until | 2026-01-02T03:04:05 | 'until' must be a date and time such as 2026-01-02T03:04:05Z",
					"for | soon | 'for' must be a duration above zero, such as 30m or PT30M",
					"for | 0s | 'for' must be a duration above zero, such as 30m or PT30M",
					"for | -5m | 'for' must be a duration above zero, such as 30m or PT30M",
					"for | 9223372036854775807d | 'for' must be a duration above zero, such as 30m or PT30M",
					"for | PT2562047788015215H | 'for' must be a duration above zero, such as 30m or PT30M",
					"untill | 2026-01-02T03:04:05Z | 'untill' is unknown, there are mode, reason, by, until and for" })
	void parseRefusesWithTheMend(String name, String value, String message) {
		Map<String, String> values = new HashMap<>(Map.of("mode", "maintenance"));
		values.put(name, value);
		assertThatIllegalArgumentException().isThrownBy(() -> ModeRequest.parse(values, NOW)).withMessage(message);
	}

	@Test
	void parseRefusesWhatIsNotText() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ModeRequest.parse(Map.of("mode", "maintenance", "reason", 42), NOW))
			.withMessage("'reason' must be a text");
		assertThatIllegalArgumentException().isThrownBy(() -> ModeRequest.parse(Map.of(), NOW))
			.withMessage("'mode' must be one of normal, read-only, maintenance");
	}

	@Test
	void parseRefusesTwoEnds() {
		Map<String, String> values = Map.of("mode", "maintenance", "for", "1m", "until", "2026-01-02T04:04:05Z");
		assertThatIllegalArgumentException().isThrownBy(() -> ModeRequest.parse(values, NOW))
			.withMessage("'until' and 'for' exclude each other");
	}

	@Test
	void textsAreOneBoundedLine() {
		ModeRequest request = new ModeRequest(Mode.MAINTENANCE, " one\r\ntwo\u0000 ", "x".repeat(1000), null);
		assertThat(request.reason()).isEqualTo("one two");
		assertThat(request.by()).hasSize(301).endsWith("x…");
	}

}
