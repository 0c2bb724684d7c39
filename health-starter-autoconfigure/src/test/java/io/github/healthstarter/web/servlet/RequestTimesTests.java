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
import java.util.Objects;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.traffic.RequestLoad;
import io.github.healthstarter.traffic.TrafficSummary;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.OpenStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the times that {@link DrainFilter} takes.
 */
class RequestTimesTests {

	private final ManualTime time = new ManualTime();

	private final RequestLoad requests = new RequestLoad(this.time);

	private final DrainFilter filter = new DrainFilter(this.requests, new OpenStreams(),
			new DrainHeaders(new Lifecycle(this.time, Duration.ZERO), () -> false));

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@BeforeEach
	void supportAsync() {
		this.request.setAsyncSupported(true);
	}

	private void filter(FilterChain chain) throws Exception {
		this.filter.doFilter(this.request, this.response, chain);
	}

	private TrafficSummary summary() {
		this.time.advance(Duration.ofSeconds(1));
		return this.requests.summary();
	}

	@Test
	void requestTakesAsLongAsItsChain() throws Exception {
		filter((request, response) -> this.time.advance(Duration.ofSeconds(3)));
		assertThat(summary().mean()).isEqualTo(Duration.ofSeconds(3));
		assertThat(summary().inFlight()).isZero();
	}

	@Test
	void requestThatThrowsIsMeasuredToo() {
		assertThatExceptionOfType(ServletException.class).isThrownBy(() -> filter((request, response) -> {
			this.time.advance(Duration.ofSeconds(2));
			throw new ServletException();
		}));
		assertThat(summary().mean()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void asynchronousRequestTakesUntilItIsComplete() throws Exception {
		filter((request, response) -> {
			this.time.advance(Duration.ofSeconds(1));
			((HttpServletRequest) request).startAsync();
		});
		this.time.advance(Duration.ofSeconds(4));
		assertThat(summary().mean()).isNull();
		AsyncContext async = Objects.requireNonNull(this.request.getAsyncContext());
		async.complete();
		assertThat(summary().mean()).isEqualTo(Duration.ofSeconds(6));
	}

	@Test
	void eventStreamIsNotMeasured() throws Exception {
		filter((request, response) -> {
			response.setContentType("text/event-stream");
			((HttpServletRequest) request).startAsync();
			this.time.advance(Duration.ofSeconds(4));
		});
		assertThat(summary()).isEqualTo(new TrafficSummary(0, 0, null, null));
	}

}
