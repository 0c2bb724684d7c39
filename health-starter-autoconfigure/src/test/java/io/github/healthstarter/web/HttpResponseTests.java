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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HttpResponse}.
 */
class HttpResponseTests {

	@Test
	void problemHasTheMembersOfTheSpecification() {
		HttpResponse problem = HttpResponse.problem(400, "Bad Request", "'wait' must be a duration");
		assertThat(problem.status()).isEqualTo(400);
		assertThat(problem.contentType()).isEqualTo("application/problem+json");
		assertThat(problem.body()).asString(StandardCharsets.UTF_8)
			.isEqualTo("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
					+ "\"detail\":\"'wait' must be a duration\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"", "\\", "\",\"status\":200,\"a\":\"", "%s", "</script>", "\u00e9\ud83d\ude00" })
	void problemKeepsWhateverItsDetailHolds(String detail) {
		byte[] body = HttpResponse.problem(400, "Bad Request", detail).body();
		assertThat(body).asString(StandardCharsets.UTF_8).doesNotContainPattern("\\p{Cntrl}");
		assertThat(JsonParserFactory.getJsonParser().parseMap(new String(body, StandardCharsets.UTF_8)))
			.isEqualTo(Map.of("type", "about:blank", "title", "Bad Request", "status", 400, "detail", detail));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0000\u0007\b\t\n\f\r\u001b\u007f", "\u0085\u2028\u202e" })
	void problemHasNoControlCharacterOfItsDetail(String controls) {
		byte[] body = HttpResponse.problem(400, "Bad Request", "a" + controls + "b").body();
		assertThat(body).asString(StandardCharsets.UTF_8).contains("\"detail\":\"a b\"");
	}

}
