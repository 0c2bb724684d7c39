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

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.RequestLoad;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.OpenStreams;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainFilter} with a request that changes its protocol on Jetty, where
 * filters of Spring's may fail with it.
 */
class ProtocolChangeTests {

	@Test
	void requestIsInFlightNoLongerAlthoughItSaysThatItIsAsynchronous() throws Exception {
		RequestLoad requests = new RequestLoad(TimeSource.system());
		DrainFilter filter = new DrainFilter(requests, new OpenStreams(),
				new DrainHeaders(new Lifecycle(TimeSource.system(), Duration.ZERO), () -> false));
		FilterChain upgrade = (request, response) -> ((HttpServletResponse) response)
			.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
		filter.doFilter(new Upgraded(), new MockHttpServletResponse(), upgrade);
		assertThat(requests.begun()).isEqualTo(1);
		assertThat(requests.inFlight()).isZero();
	}

	private static final class Upgraded extends MockHttpServletRequest {

		@Override
		public boolean isAsyncStarted() {
			return true;
		}

		@Override
		public AsyncContext getAsyncContext() {
			throw new IllegalStateException("s=HANDLING rs=UPGRADING");
		}

	}

}
