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

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.RequestPlan;
import io.github.healthstarter.web.Route;
import io.github.healthstarter.web.Routes;

/**
 * Answers on the starter's own paths, ahead of every other filter.
 */
public final class ProbeFilter implements Filter {

	private static final byte[] NO_BODY = {};

	private final Routes routes;

	private final AccessPolicy access;

	private final DrainHeaders drainHeaders;

	/**
	 * Create the filter.
	 * @param routes finds what answers on a path
	 * @param access looks at every request
	 * @param drainHeaders ask clients to move on
	 */
	public ProbeFilter(Routes routes, AccessPolicy access, DrainHeaders drainHeaders) {
		this.routes = routes;
		this.access = access;
		this.drainHeaders = drainHeaders;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest httpRequest = (HttpServletRequest) request;
		ServletHttpRequest seen = new ServletHttpRequest(httpRequest);
		this.access.observe(seen);
		Route route = this.routes.find(path(httpRequest));
		if (route == null) {
			chain.doFilter(request, response);
			return;
		}
		HttpServletResponse httpResponse = (HttpServletResponse) response;
		ServletDrainHeaders.announce(this.drainHeaders, httpRequest, httpResponse);
		RequestPlan plan = RequestPlan.of(route, seen);
		ServletAnswer.write(answer(plan, httpRequest), httpRequest, httpResponse);
	}

	private static HttpResponse answer(RequestPlan plan, HttpServletRequest request) {
		if (plan.bodyLimit() == 0) {
			return plan.answer(NO_BODY);
		}
		try {
			return plan.answer(request.getInputStream().readNBytes(plan.bodyLimit()));
		}
		catch (IOException ex) {
			return HttpResponse.badRequest("the body could not be read");
		}
	}

	private static String path(HttpServletRequest request) {
		String uri = request.getRequestURI();
		int contextPath = request.getContextPath().length();
		return (contextPath > 0) ? uri.substring(contextPath) : uri;
	}

}
