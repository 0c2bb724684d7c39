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
import java.util.Objects;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.ModeGate;

/**
 * Gates the application's requests by the mode.
 */
public final class GateFilter implements Filter {

	private final ModeGate gate;

	/**
	 * Create the filter.
	 * @param gate decides which requests are refused
	 */
	public GateFilter(ModeGate gate) {
		this.gate = gate;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest httpRequest = (HttpServletRequest) request;
		HttpResponse refusal = this.gate.refuse(httpRequest.getMethod(), path(httpRequest));
		if (refusal == null) {
			chain.doFilter(request, response);
		}
		else {
			ServletAnswer.write(refusal, httpRequest, (HttpServletResponse) response);
		}
	}

	// Spring MVC goes by the path as it was sent, so one that the container has had to
	// decode or normalize is not taken for what it looks like afterwards
	private static String path(HttpServletRequest request) {
		String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
		return request.getRequestURI().equals(request.getContextPath() + path) ? path : "";
	}

}
