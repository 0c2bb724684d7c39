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

import java.util.List;

import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.rememberme.RememberMeAuthenticationFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SecurityChains} with single filters.
 */
class AskedChainTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/readyz");

	AskedChainTests() {
		this.request.setCookies(new Cookie("remember-me", "token"));
		this.request.addHeader("Cookie", "remember-me=token");
	}

	private boolean isTrusted(Filter... filters) {
		return new SecurityChains(() -> List.of(new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filters)))
			.has(this.request, "HEALTH");
	}

	// Its cookie may be good for one use, and what replaces it would go nowhere
	@Test
	void cookieThatRemembersIsNotUsedUp() {
		RememberMeServices services = mock();
		assertThat(isTrusted(new RememberMeAuthenticationFilter((authentication) -> authentication, services)))
			.isFalse();
		then(services).shouldHaveNoInteractions();
	}

	@Test
	void filterThatFailsWithAnErrorFailsNoProbe() {
		assertThat(isTrusted((request, response, chain) -> {
			throw new NoClassDefFoundError("com/example/Directory");
		})).isFalse();
	}

}
