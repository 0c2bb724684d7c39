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

package io.github.healthstarter.web.security;

import java.io.IOException;
import java.util.Iterator;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Runs filters one after the other, and notes at their end who they say the caller is.
 */
final class Authentications implements FilterChain {

	private final Iterator<Filter> filters;

	private @Nullable Authentication caller;

	Authentications(Iterator<Filter> filters) {
		this.filters = filters;
	}

	// Nobody who is anonymous is a principal
	@Override
	public void doFilter(ServletRequest request, ServletResponse response) throws IOException, ServletException {
		if (this.filters.hasNext()) {
			this.filters.next().doFilter(request, response, this);
		}
		else if (((HttpServletRequest) request).getUserPrincipal() instanceof Authentication authentication) {
			this.caller = authentication;
		}
	}

	@Nullable Authentication caller() {
		return this.caller;
	}

}
