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

package io.github.healthstarter.sample.orders;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OrderProblems}.
 */
class OrderProblemsTests {

	private final MockMvcTester mvc = MockMvcTester.of(List.of(new FailingController()),
			(builder) -> builder.setControllerAdvice(new OrderProblems()).build());

	@Test
	void databaseThatIsGoneAnswersUnavailableWithoutItsAddress() {
		assertThat(this.mvc.get().uri("/")).hasStatus(503)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyText()
			.contains("Orders cannot be reached right now")
			.doesNotContain("db.internal");
	}

	@RestController
	static final class FailingController {

		@GetMapping("/")
		String fail() {
			throw new DataAccessResourceFailureException("no connection to db.internal");
		}

	}

}
