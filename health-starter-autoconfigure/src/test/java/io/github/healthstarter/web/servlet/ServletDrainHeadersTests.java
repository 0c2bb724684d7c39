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

package io.github.healthstarter.web.servlet;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.DrainHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServletDrainHeaders}.
 */
class ServletDrainHeadersTests {

	private static final String ENVOY = "x-envoy-immediate-health-check-fail";

	private final Lifecycle lifecycle = new Lifecycle(TimeSource.system(), Duration.ZERO);

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private void announce(boolean envoyHeaders) {
		ServletDrainHeaders.announce(new DrainHeaders(this.lifecycle, () -> envoyHeaders), this.request, this.response);
	}

	@Test
	void announceWhileServingSaysNothing() {
		announce(true);
		assertThat(this.response.getHeaderNames()).isEmpty();
	}

	@Test
	void announceWhileDrainingClosesTheConnection() {
		this.lifecycle.drain();
		announce(false);
		assertThat(this.response.getHeader("Connection")).isEqualTo("close");
		assertThat(this.response.getHeader(ENVOY)).isNull();
	}

	@Test
	void announceWhileStoppingClosesTheConnectionAndTellsEnvoyWhereAsked() {
		this.lifecycle.stop();
		announce(true);
		assertThat(this.response.getHeader("Connection")).isEqualTo("close");
		assertThat(this.response.getHeader(ENVOY)).isEqualTo("true");
	}

	@Test
	void announceOnHttp2TellsEnvoyAlone() {
		this.lifecycle.drain();
		this.request.setProtocol("HTTP/2.0");
		announce(true);
		assertThat(this.response.getHeaderNames()).containsExactly(ENVOY);
	}

	@Test
	void announceOnAnUpgradeSaysNothing() {
		this.lifecycle.drain();
		this.response.setStatus(101);
		announce(true);
		assertThat(this.response.getHeaderNames()).isEmpty();
	}

	@Test
	void announceWhenHeadersHaveBeenSentSaysNothing() {
		this.lifecycle.drain();
		this.response.setCommitted(true);
		announce(true);
		assertThat(this.response.getHeaderNames()).isEmpty();
	}

}
