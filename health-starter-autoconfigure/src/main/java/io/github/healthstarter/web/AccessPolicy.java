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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Decides who may ask, who is told everything, and who may administer. Safe for use by
 * any thread; what it decides by is replaced as a whole.
 */
public final class AccessPolicy {

	private static final String BEARER = "bearer ";

	private static final Set<String> PROXY_HEADERS = Set.of("forwarded", "x-real-ip", "via");

	private volatile Rules rules;

	/**
	 * Create a policy.
	 * @param allowed addresses and CIDR blocks of the peers that may ask at all; empty
	 * for anyone
	 * @param trusted addresses and CIDR blocks of the peers that are told everything
	 * @param token the bearer token that makes a caller trusted, {@code null} for none
	 * @throws IllegalArgumentException naming the first address that cannot be read; host
	 * names are refused
	 */
	public AccessPolicy(List<String> allowed, List<String> trusted, @Nullable String token) {
		this(allowed, trusted, token, null);
	}

	/**
	 * Create a policy that also trusts who has an authority in the application.
	 * @param allowed addresses and CIDR blocks of the peers that may ask at all; empty
	 * for anyone
	 * @param trusted addresses and CIDR blocks of the peers that are told everything
	 * @param token the bearer token that makes a caller trusted, {@code null} for none
	 * @param authority the authority that makes a caller trusted, {@code null} for none
	 * @throws IllegalArgumentException naming the first address that cannot be read; host
	 * names are refused
	 */
	public AccessPolicy(List<String> allowed, List<String> trusted, @Nullable String token,
			@Nullable String authority) {
		this.rules = new Rules(AddressRanges.parse(allowed), AddressRanges.parse(trusted),
				(token != null) ? token.getBytes(StandardCharsets.UTF_8) : null, authority);
	}

	/**
	 * Decide by what another policy decides by from now on.
	 * @param other the other policy
	 */
	public void become(AccessPolicy other) {
		this.rules = other.rules;
	}

	/**
	 * Whether the peer may ask at all.
	 * @param request the request
	 * @return {@code false} where it gets no answer but a refusal
	 */
	boolean allows(HttpRequest request) {
		return allowsPeer(request.remoteAddress());
	}

	/**
	 * Whether a peer may ask at all.
	 * @param address the address literal of the peer
	 * @return {@code false} where it gets no answer but a refusal
	 */
	public boolean allowsPeer(String address) {
		AddressRanges allowed = this.rules.allowed;
		return allowed.isEmpty() || allowed.contains(address);
	}

	/**
	 * Whether a peer is told everything, as long as no proxy stands before it.
	 * @param address the address literal of the peer
	 * @return {@code true} for a trusted one
	 */
	public boolean trustsPeer(String address) {
		return this.rules.trusted.contains(address);
	}

	/**
	 * Whether the caller is told everything.
	 * @param request the request
	 * @return {@code true} for a trusted peer that no proxy stands before, for the bearer
	 * of the token, and for who has the authority
	 */
	boolean trusts(HttpRequest request) {
		return isTrustedPeer(request) || bearsToken(request.header("Authorization")) || hasAuthority(request);
	}

	private boolean hasAuthority(HttpRequest request) {
		String authority = this.rules.authority;
		return authority != null && request.hasAuthority(authority);
	}

	private boolean isTrustedPeer(HttpRequest request) {
		return !request.isAddressForwarded() && trustsPeer(request.remoteAddress())
				&& !request.hasHeader(AccessPolicy::isLeftByProxy);
	}

	/**
	 * Refuse a request for administration. On the main port the token alone counts: where
	 * the world may come in, an address is too little. Elsewhere a trusted peer needs
	 * none, unless it is a browser that acts for a page.
	 * @param request the request
	 * @return the refusal, {@code null} where the request is to be served
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
	 * page without any {@code Origin}, so none of them is served, whoever it acts for.
	 * @param request the request
	 * @return the refusal, {@code null} where the request is to be served
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
		byte[] token = this.rules.token;
		if (token == null || authorization == null || !isBearer(authorization)) {
			return false;
		}
		byte[] given = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
		return MessageDigest.isEqual(token, given);
	}

	private static boolean isBearer(@Nullable String authorization) {
		return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
	}

	private static boolean isLeftByProxy(String name) {
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

	/**
	 * What is decided by. No record: its text would show the token.
	 */
	private static final class Rules {

		private final AddressRanges allowed;

		private final AddressRanges trusted;

		private final byte @Nullable [] token;

		private final @Nullable String authority;

		private Rules(AddressRanges allowed, AddressRanges trusted, byte @Nullable [] token,
				@Nullable String authority) {
			this.allowed = allowed;
			this.trusted = trusted;
			this.token = token;
			this.authority = authority;
		}

	}

}
