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

import java.io.IOException;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.github.healthstarter.traffic.RequestLoad;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.OpenStreams;

/**
 * Counts and measures the application's requests while they are under way, asynchronous
 * ones included, and asks clients to close their connections while the instance is
 * draining.
 */
public final class DrainFilter implements Filter {

	private final RequestLoad requests;

	private final OpenStreams streams;

	private final DrainHeaders drainHeaders;

	/**
	 * Create the filter.
	 * @param requests the count
	 * @param streams the open streams, which are not counted
	 * @param drainHeaders ask clients to move on
	 */
	public DrainFilter(RequestLoad requests, OpenStreams streams, DrainHeaders drainHeaders) {
		this.requests = requests;
		this.streams = streams;
		this.drainHeaders = drainHeaders;
		requests.setStreams(streams::unfinished);
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		DrainingResponse draining = new DrainingResponse((HttpServletRequest) request, (HttpServletResponse) response,
				this.drainHeaders);
		draining.announce();
		if (request.getDispatcherType() == DispatcherType.REQUEST) {
			count(request, draining, chain);
		}
		else {
			chain.doFilter(request, draining);
		}
		draining.announce();
	}

	private void count(ServletRequest request, DrainingResponse response, FilterChain chain)
			throws IOException, ServletException {
		long begunAt = this.requests.begin();
		try {
			chain.doFilter(request, response);
		}
		finally {
			end(request, response, begunAt);
		}
	}

	private void end(ServletRequest request, DrainingResponse response, long begunAt) {
		// To Jetty a request that changes its protocol is asynchronous, but has no
		// context
		if (!request.isAsyncStarted() || response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
			this.requests.end(begunAt);
		}
		else {
			AsyncRequest async = new AsyncRequest(this.requests, this.streams, begunAt, request.getAsyncContext());
			request.getAsyncContext().addListener(async);
			response.whenEventStream(async::becomeEventStream);
		}
	}

}
