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

import io.github.healthstarter.web.Departure;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.Route;
import io.github.healthstarter.web.Routes;

/**
 * Answers on the starter's own paths, ahead of every other filter.
 */
public final class ProbeFilter implements Filter {

	private final Routes routes;

	private final Departure departure;

	private final CallerAuthorities callers;

	/**
	 * Create the filter.
	 * @param routes finds what answers on a path
	 * @param departure asks clients to move on
	 * @param callers tells who is trusted for an authority
	 */
	public ProbeFilter(Routes routes, Departure departure, CallerAuthorities callers) {
		this.routes = routes;
		this.departure = departure;
		this.callers = callers;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest httpRequest = (HttpServletRequest) request;
		Route route = this.routes.find(path(httpRequest));
		if (route == null) {
			chain.doFilter(request, response);
			return;
		}
		HttpServletResponse httpResponse = (HttpServletResponse) response;
		ServletDeparture.announce(this.departure, httpRequest, httpResponse);
		HttpResponse answer = HttpResponse.of(route, new ServletHttpRequest(httpRequest, this.callers));
		ServletAnswer.write(answer, httpRequest, httpResponse);
	}

	private static String path(HttpServletRequest request) {
		String uri = request.getRequestURI();
		int contextPath = request.getContextPath().length();
		return (contextPath > 0) ? uri.substring(contextPath) : uri;
	}

}
