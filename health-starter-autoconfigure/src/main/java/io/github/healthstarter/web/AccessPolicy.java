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

package io.github.healthstarter.web;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.access.AccessRules;

/**
 * Decides which requests are answered, which get details, and which may administer. Safe
 * for use by any thread; the rules are replaced as a whole.
 */
public final class AccessPolicy {

	private static final String BEARER = "bearer ";

	private static final Set<String> PROXY_HEADERS = Set.of("forwarded", "x-real-ip", "via");

	private final Supplier<AccessRules> rules;

	/**
	 * Create a policy.
	 * @param rules the rules that hold, read for each request
	 */
	public AccessPolicy(Supplier<AccessRules> rules) {
		this.rules = rules;
	}

	/**
	 * Whether the request gets an answer other than a refusal.
	 * @param request the request
	 * @return {@code true} if it does
	 */
	boolean allows(HttpRequest request) {
		return allowsPeer(request.remoteAddress());
	}

	/**
	 * Whether a peer gets answers other than a refusal.
	 * @param address the address literal of the peer
	 * @return {@code true} if it does
	 */
	public boolean allowsPeer(String address) {
		return this.rules.get().allows(address);
	}

	/**
	 * Whether a peer gets details, unless a proxy is in between.
	 * @param address the address literal of the peer
	 * @return {@code true} for a trusted one
	 */
	public boolean trustsPeer(String address) {
		return this.rules.get().trusts(address);
	}

	/**
	 * Whether the caller gets details.
	 * @param request the request
	 * @return {@code true} for a trusted peer without a proxy in between, and for the
	 * bearer of the token
	 */
	boolean trusts(HttpRequest request) {
		return isTrustedPeer(request) || bearsToken(request.header("Authorization"));
	}

	private boolean isTrustedPeer(HttpRequest request) {
		return !request.isAddressForwarded() && trustsPeer(request.remoteAddress())
				&& !request.hasHeader(AccessPolicy::isLeftByProxy);
	}

	/**
	 * Refuse a request for administration. On the main port, which may be open to the
	 * world, the token alone counts. Elsewhere a trusted peer needs none, unless it is a
	 * browser that acts for a page.
	 * @param request the request
	 * @return the refusal, {@code null} if the request is to be served
	 */
	@Nullable HttpResponse refuseAdministration(HttpRequest request) {
		if (!allows(request) || !isFromOwnOrigin(request)) {
			return HttpResponse.empty(403);
		}
		String authorization = request.header("Authorization");
		if (authorization == null && mayAdministerByAddress(request)) {
			return null;
		}
		if (!isBearer(authorization)) {
			return HttpResponse.empty(401, Map.of("WWW-Authenticate", "Bearer"));
		}
		return bearsToken(authorization) ? null : HttpResponse.empty(403);
	}

	/**
	 * Refuse a request for administration that is a {@code GET}. Browsers send that for a
	 * page without any {@code Origin}, so no request of a browser is served.
	 * @param request the request
	 * @return the refusal, {@code null} if the request is to be served
	 */
	@Nullable HttpResponse refuseAdministrationByGet(HttpRequest request) {
		return request.hasHeader(AccessPolicy::isSentByBrowsers) ? HttpResponse.empty(403)
				: refuseAdministration(request);
	}

	// A page can keep its browser from sending the last of them, but not the first two
	private static boolean isSentByBrowsers(String name) {
		String header = name.toLowerCase(Locale.ROOT);
		return header.startsWith("sec-fetch-") || "accept-language".equals(header) || "referer".equals(header);
	}

	// A page can name its own host so that it leads here, but not leave its origin out
	private boolean mayAdministerByAddress(HttpRequest request) {
		return !request.isOnMainPort() && request.header("Origin") == null && isTrustedPeer(request);
	}

	private boolean bearsToken(@Nullable String authorization) {
		return authorization != null && isBearer(authorization)
				&& this.rules.get().matchesToken(authorization.substring(BEARER.length()).strip());
	}

	private static boolean isBearer(@Nullable String authorization) {
		return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
	}

	static boolean isLeftByProxy(String name) {
		String header = name.toLowerCase(Locale.ROOT);
		return header.startsWith("x-forwarded-") || header.startsWith("x-envoy-") || PROXY_HEADERS.contains(header);
	}

	private static boolean isFromOwnOrigin(HttpRequest request) {
		String origin = request.header("Origin");
		if (origin == null) {
			return true;
		}
		try {
			String authority = URI.create(origin).getAuthority();
			return authority != null && authority.equalsIgnoreCase(request.header("Host"));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
