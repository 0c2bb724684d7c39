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

import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Accept}.
 */
class AcceptTests {

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { "*/*", "application/json", "application/*", "application/*+json", "*",
			"application/vnd.spring-boot.actuator.v3+json", "image/png", "text/html,application/xml;q=0.9,*/*;q=0.8",
			"application/json, text/plain, */*", "text/plain, application/json, application/*+json, */*",
			"application/vnd.spring-boot.actuator.v3+json, text/plain;q=0.9", "text/plain;q=0.4, */*;q=0.5",
			"text/plain;q=0", "text/plain;q=0.000, application/xml", "application/json;q=0, text/plain;q=0",
			"application/health+json;q=0, */*", "application/health+json;q=0.8, application/json;q=0.9" })
	void negotiateFallsBackToJson(@Nullable String header) {
		assertThat(Accept.negotiate(header)).isEqualTo(Format.JSON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/health+json", "APPLICATION/Health+JSON", "application/health+json;q=0.1",
			"application/health+json, */*", "application/json, application/health+json", "*/*, application/health+json",
			"application/health+json; charset=utf-8 ; q=1.000", "text/html, application/health+json;q=0.2",
			"application/json;q=0.9, text/plain;q=0.9, application/health+json" })
	void negotiateFindsTheDraft(String header) {
		assertThat(Accept.negotiate(header)).isEqualTo(Format.HEALTH_JSON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "text/*", "text/plain, text/*, */*", "text/plain;charset=utf-8",
			"TEXT/PLAIN", "text/plain;q=0.001", "image/png, text/plain;q=0.1", "text/plain, application/json;q=0.9",
			"*/*;q=0.1, text/plain;q=0.2",
			"application/json;q=0, */*;q=0.1, application/vnd.spring-boot.actuator.v3+json;"
					+ "q=0, application/vnd.spring-boot.actuator.v2+json;q=0",
			" text/plain ; version=0.0.4 , ,", "text/plain;Q=0.5" })
	void negotiateFindsPlainText(String header) {
		assertThat(Accept.negotiate(header)).isEqualTo(Format.PLAIN);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "text/plain;q=7", "text/plain;q=-1", "text/plain;q=1.1", "text/plain;q=0.1234", "text/plain;q=.5",
					"text/plain;q=NaN", "text/plain;q=0x1p-1", "text/plain;q=", "text/plain;q=\"1\"", "text/plain, x",
					"text/plain,/", "text/plain, */json", "text/plain;charset=nonsense", ";;,,/", "text/plain;a=\"b",
					"\"text/plain", "\u00ff\u00fe", "text\u0000/plain", "text/plain;=;==;q==1" })
	void negotiateIgnoresWhatIsMalformed(String header) {
		assertThat(Accept.negotiate(header)).isEqualTo(Format.JSON);
	}

	@Test
	void negotiateDoesNotReadWhatIsTooLong() {
		String filler = "a/b,".repeat(300);
		assertThat(Accept.negotiate("text/plain," + filler.substring(0, 1000))).isEqualTo(Format.PLAIN);
		assertThat(Accept.negotiate("text/plain," + filler)).isEqualTo(Format.JSON);
	}

	@RepeatedTest(20)
	void negotiateNeverThrows(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		String[] pieces = { "text", "plain", "/", "*", ";", ",", "q", "=", "0", ".", "1", "\"", "\\", " ", "+json",
				"application", "charset", "\u0000", "é", "'" };
		for (int i = 0; i < 2000; i++) {
			StringBuilder header = new StringBuilder();
			random.ints(random.nextInt(20), 0, pieces.length).forEach((piece) -> header.append(pieces[piece]));
			assertThat(Accept.negotiate(header.toString())).as(header.toString()).isNotNull();
		}
	}

}
