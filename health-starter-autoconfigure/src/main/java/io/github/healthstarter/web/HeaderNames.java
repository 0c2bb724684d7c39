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

import java.util.function.Predicate;

/**
 * Looks through the names of a request's headers for those that a proxy leaves, and notes
 * on the way whether a browser has sent the request. For one request.
 */
final class HeaderNames implements Predicate<CharSequence> {

	private static final String[] LEFT_BY_PROXIES = { "forwarded", "via", "x-real-ip", "true-client-ip", "cdn-loop",
			"x-client-ip", "x-cluster-client-ip", "proxy-connection" };

	private static final String[] PREFIXES_OF_PROXIES = { "x-forwarded-", "x-envoy-", "x-original-", "x-amzn-",
			"x-azure-", "x-cloud-trace-", "cf-", "fastly-", "l5d-", "tailscale-" };

	// A page can keep its browser from sending the last of them, but not the first two
	private static final String[] SENT_BY_BROWSERS = { "sec-fetch-", "accept-language", "referer" };

	private boolean sentByBrowser;

	/**
	 * Whether a header is left by a proxy.
	 * @param name the name of the header, in any case
	 * @return {@code true} if it is
	 */
	@Override
	public boolean test(CharSequence name) {
		this.sentByBrowser |= isSentByBrowsers(name);
		for (String prefix : PREFIXES_OF_PROXIES) {
			if (startsWith(name, prefix)) {
				return true;
			}
		}
		for (String header : LEFT_BY_PROXIES) {
			if (name.length() == header.length() && startsWith(name, header)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether one of the headers that were looked at is sent by browsers alone.
	 * @return {@code true} if one is
	 */
	boolean isSentByBrowser() {
		return this.sentByBrowser;
	}

	static boolean isSentByBrowsers(CharSequence name) {
		for (String header : SENT_BY_BROWSERS) {
			if (startsWith(name, header)) {
				return true;
			}
		}
		return false;
	}

	// Without a copy of the name, which each server has in a form of its own
	private static boolean startsWith(CharSequence name, String prefix) {
		if (name.length() < prefix.length()) {
			return false;
		}
		for (int i = 0; i < prefix.length(); i++) {
			char character = name.charAt(i);
			char lower = (character >= 'A' && character <= 'Z') ? (char) (character + ('a' - 'A')) : character;
			if (lower != prefix.charAt(i)) {
				return false;
			}
		}
		return true;
	}

}
