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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ProbeServerSettings}.
 */
class ProbeServerSettingsTests {

	@ParameterizedTest
	@CsvSource({ "-1, 1, 1, 1, 1, port", "65536, 1, 1, 1, 1, port", "0, 0, 1, 1, 1, maxConnections",
			"0, 1, 0, 1, 1, maxConnectionsPerClient", "0, 1, 1, 0, 1, requestTimeout", "0, 1, 1, 1, -1, idleTimeout" })
	void whatCannotBeIsRefused(int port, int all, int perClient, int request, int idle, String named) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ProbeServerSettings(null, port, all, perClient, Duration.ofSeconds(request),
					Duration.ofSeconds(idle)))
			.withMessageStartingWith("'" + named + "' ");
	}

}
