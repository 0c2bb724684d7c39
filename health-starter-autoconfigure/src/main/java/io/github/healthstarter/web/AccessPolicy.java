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
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.access.AccessRules;

/**
 * Decides which requests are answered, which get details, and which may administer. Safe
 * for use by any thread; the rules are replaced as a whole.
 */
public final class AccessPolicy {

	private static final String BEARER = "bearer ";

	private final Supplier<AccessRules> rules;

	private final LoopbackTrust loopback;

	/**
	 * Create a policy.
	 * @param rules the rules that hold, read for each request
	 * @param logs writes log lines
	 */
	public AccessPolicy(Supplier<AccessRules> rules, Executor logs) {
		this.rules = rules;
		this.loopback = new LoopbackTrust(logs);
	}

	/**
	 * Trust the loopback addresses as configured, whatever hosts requests name, such as
	 * those of a test.
	 */
	public void keepLoopbackTrust() {
		this.loopback.keep();
	}

	/**
	 * Look at any request, whatever path it has. One that has come from a loopback
	 * address, and was sent to another host, ends the trust in these addresses.
	 * @param request the request
	 */
	public void observe(HttpRequest request) {
		if (this.loopback.isHeld() && LoopbackTrust.isLoopback(request.remoteAddress())
				&& !request.isAddressForwarded()) {
			String host = request.host();
			if (host != null && !host.isEmpty() && !this.rules.get().namesThisMachine(host)
					&& !request.hasHeader(new HeaderNames())) {
				this.loopback.lose(host);
			}
		}
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
	 * Whether a peer gets details, unless its request shows that it acts for another.
	 * @param address the address literal of the peer
	 * @return {@code true} for a trusted one
	 */
	public boolean trustsPeer(String address) {
		return this.rules.get().trusts(address) && !(this.loopback.isLost() && LoopbackTrust.isLoopback(address));
	}

	/**
	 * Whether the caller gets details.
	 * @param request the request
	 * @return {@code true} for a trusted peer that acts for nobody else, and for the
	 * bearer of the token
	 */
	boolean trusts(HttpRequest request) {
		return isTrustedPeer(request) || bearsToken(request.header("Authorization"));
	}

	private boolean isTrustedPeer(HttpRequest request) {
		String address = request.remoteAddress();
		if (request.isAddressForwarded() || !trustsPeer(address) || !isRecent(request.protocol())
				|| request.header("X-Forwarded-For") != null) {
			return false;
		}
		HeaderNames headers = new HeaderNames();
		if (request.hasHeader(headers) || isFromAnotherSite(request)) {
			return false;
		}
		return !(headers.isSentByBrowser() || LoopbackTrust.isLoopback(address))
				|| this.rules.get().namesThisMachine(request.host());
	}

	// Proxies speak HTTP/1.0 to the server unless they are configured otherwise
	private static boolean isRecent(String protocol) {
		return protocol.equals("HTTP/1.1") || protocol.startsWith("HTTP/2") || protocol.startsWith("HTTP/3");
	}

	// A link is followed by a person, and the page that it was on does not see the answer
	private static boolean isFromAnotherSite(HttpRequest request) {
		return "cross-site".equals(request.header("Sec-Fetch-Site"))
				&& !("navigate".equals(request.header("Sec-Fetch-Mode"))
						&& "document".equals(request.header("Sec-Fetch-Dest")));
	}

	/**
	 * Refuse a request for administration. On the main port, which may be open to the
	 * world, the token alone counts. Elsewhere a peer that is trusted by an address of
	 * its own needs none, unless it is a browser that acts for a page.
	 * @param request the request
	 * @return the refusal, {@code null} if the request is to be served
	 */
	@Nullable HttpResponse refuseAdministration(HttpRequest request) {
		return refuse(request, AccessRules::letsAdminister);
	}

	/**
	 * Refuse a request for a drain that is a {@code GET}. Browsers send that for a page
	 * without any {@code Origin}, so no request of a browser is served. Elsewhere than on
	 * the main port the addresses of a trusted block need no token either: a kubelet has
	 * that of its node.
	 * @param request the request
	 * @return the refusal, {@code null} if the request is to be served
	 */
	@Nullable HttpResponse refusePreStop(HttpRequest request) {
		return request.hasHeader(HeaderNames::isSentByBrowsers) ? HttpResponse.empty(403)
				: refuse(request, AccessRules::letsCallPreStop);
	}

	private @Nullable HttpResponse refuse(HttpRequest request, BiPredicate<AccessRules, String> byAddress) {
		if (!allows(request) || !isFromOwnOrigin(request)) {
			return HttpResponse.empty(403);
		}
		String authorization = request.header("Authorization");
		if (authorization == null && isServedByAddress(request, byAddress)) {
			return null;
		}
		if (!isBearer(authorization)) {
			return HttpResponse.empty(401, Map.of("WWW-Authenticate", "Bearer"));
		}
		return bearsToken(authorization) ? null : HttpResponse.empty(403);
	}

	// A page can name its own host so that it leads here, but not leave its origin out
	private boolean isServedByAddress(HttpRequest request, BiPredicate<AccessRules, String> byAddress) {
		return !request.isOnMainPort() && request.header("Origin") == null
				&& byAddress.test(this.rules.get(), request.remoteAddress()) && isTrustedPeer(request);
	}

	private boolean bearsToken(@Nullable String authorization) {
		return authorization != null && isBearer(authorization)
				&& this.rules.get().matchesToken(authorization.substring(BEARER.length()).strip());
	}

	private static boolean isBearer(@Nullable String authorization) {
		return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
	}

	private static boolean isFromOwnOrigin(HttpRequest request) {
		String origin = request.header("Origin");
		if (origin == null) {
			return true;
		}
		try {
			String authority = URI.create(origin).getAuthority();
			return authority != null && authority.equalsIgnoreCase(request.host());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
