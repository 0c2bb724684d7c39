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
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainHeaders}.
 */
class DrainHeadersTests {

	private static final String ENVOY = "x-envoy-immediate-health-check-fail";

	private final Lifecycle lifecycle = new Lifecycle(TimeSource.system(), Duration.ZERO);

	private Map<String, String> headers(boolean envoyHeaders, String protocol) {
		return new DrainHeaders(this.lifecycle, () -> envoyHeaders).headers(protocol);
	}

	@Test
	void headersWhileServingAreNone() {
		assertThat(headers(true, "HTTP/1.1")).isEmpty();
	}

	@Test
	void headersWhileDrainingCloseTheConnection() {
		this.lifecycle.drain();
		assertThat(headers(false, "HTTP/1.1")).containsOnly(Map.entry("Connection", "close"));
		assertThat(headers(false, "HTTP/2.0")).isEmpty();
	}

	@Test
	void headersWhileStoppingAlsoTellEnvoyWhereAsked() {
		this.lifecycle.stop();
		assertThat(headers(true, "HTTP/1.0")).containsOnlyKeys("Connection", ENVOY);
		assertThat(headers(true, "HTTP/2.0")).containsOnly(Map.entry(ENVOY, "true"));
	}

}
