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

package io.github.healthstarter.autoconfigure.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ProbeServerWarmUp}.
 */
class ProbeServerWarmUpTests {

	@Test
	void servesOneRequestAndLeavesNothingBehind() throws IOException {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		byte[] answer = ProbeServerWarmUp.serveOneRequest();
		assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 404 ");
		await().untilAsserted(
				() -> assertThat(Thread.getAllStackTraces().keySet()).filteredOn(Predicate.not(before::contains))
					.extracting(Thread::getName)
					.noneMatch((name) -> name.startsWith("health-server")));
	}

}
