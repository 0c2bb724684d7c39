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

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.rememberme.RememberMeAuthenticationFilter;

import io.github.healthstarter.web.servlet.CallerAuthorities;

/**
 * Has the application's own chain of Spring Security say who a caller is: its filters run
 * up to the one that would allow or deny, and what they answer goes nowhere.
 */
public final class SecurityChains implements CallerAuthorities {

	private static final Log logger = LogFactory.getLog(SecurityChains.class);

	private final Supplier<List<SecurityFilterChain>> chains;

	/**
	 * Create it.
	 * @param chains the application's chains, in their order; asked for with each request
	 */
	public SecurityChains(Supplier<List<SecurityFilterChain>> chains) {
		this.chains = chains;
	}

	// Who brings nothing to prove it with, as probers do, is never looked up
	@Override
	public boolean has(HttpServletRequest request, String authority) {
		if (request.getHeader("Authorization") == null && request.getHeader("Cookie") == null) {
			return false;
		}
		try {
			Authentication caller = authenticate(request);
			return caller != null && caller.isAuthenticated()
					&& caller.getAuthorities().stream().anyMatch((held) -> authority.equals(held.getAuthority()));
		}
		catch (Throwable ex) {
			logger.debug("Who asks cannot be told", ex);
			return false;
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	// A cookie that remembers may be good for one use: who is logged in by it would have
	// to get the next, and gets nothing
	private @Nullable Authentication authenticate(HttpServletRequest request) throws Exception {
		for (SecurityFilterChain chain : this.chains.get()) {
			if (chain.matches(request)) {
				Iterator<Filter> filters = chain.getFilters()
					.stream()
					.takeWhile((filter) -> !(filter instanceof AuthorizationFilter))
					.filter((filter) -> !(filter instanceof RememberMeAuthenticationFilter))
					.iterator();
				Authentications end = new Authentications(filters);
				end.doFilter(request, DiscardedResponse.create());
				return end.caller();
			}
		}
		return null;
	}

}
