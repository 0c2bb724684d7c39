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

package io.github.healthstarter.server;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LimitLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LimitLogTests {

	private final ManualTime time = new ManualTime();

	private final LimitLog log = new LimitLog(7, "'some.limit' is 7", this.time);

	private static int lines(CapturedOutput output, String text) {
		return (int) output.toString().lines().filter((line) -> line.contains(text)).count();
	}

	@Test
	void limitIsToldOnceAMinuteWithACount(CapturedOutput output) {
		for (int i = 0; i < 1000; i++) {
			this.log.reached();
		}
		assertThat(lines(output, "'some.limit' is 7")).isEqualTo(1);
		assertThat(output).contains("So far: 1" + System.lineSeparator());
		this.time.advance(Duration.ofSeconds(59));
		this.log.reached();
		assertThat(lines(output, "'some.limit' is 7")).isEqualTo(1);
		this.time.advance(Duration.ofSeconds(1));
		this.log.reached();
		this.log.reached();
		assertThat(lines(output, "'some.limit' is 7")).isEqualTo(2);
		assertThat(output).contains("So far: 1002" + System.lineSeparator());
	}

	@Test
	void eachLimitOfTheServerIsToldOnce(CapturedOutput output) {
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(3, 2))) {
			for (String address : new String[] { "127.0.0.2", "127.0.0.2" }) {
				assertIsServed(server, address);
			}
			assertThat(output).doesNotContain("no room for another connection");
			try (HttpConnection first = server.connectFrom("127.0.0.2");
					HttpConnection second = server.connectFrom("127.0.0.2")) {
				assertThat(first.ask("GET", "/ok").status()).isEqualTo(200);
				assertThat(second.ask("GET", "/ok").status()).isEqualTo(200);
				for (int i = 0; i < 5; i++) {
					assertIsServed(server, "127.0.0.2");
				}
			}
		}
		assertThat(lines(output, "'health.server.max-connections-per-client' is 2")).isEqualTo(1);
		assertThat(output).doesNotContain("127.0.0.2");
		try (TestProbeServer server = TestProbeServer.start(TestProbeServer.connections(1, 1));
				HttpConnection first = server.connectFrom("127.0.0.3")) {
			assertThat(first.ask("GET", "/ok").status()).isEqualTo(200);
			assertIsServed(server, "127.0.0.4");
		}
		assertThat(lines(output, "'health.server.max-connections' is 1")).isEqualTo(1);
	}

	private static void assertIsServed(TestProbeServer server, String address) {
		try (HttpConnection connection = server.connectFrom(address)) {
			assertThat(connection.ask("GET", "/ok").status()).isEqualTo(200);
		}
	}

}
