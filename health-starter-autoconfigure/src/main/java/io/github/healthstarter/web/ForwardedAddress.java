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

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Last address that proxies have forwarded: the client of the nearest proxy, whatever
 * that client has sent itself. All headers count that proxies commonly write it to,
 * because only the proxy knows which of them it writes.
 */
final class ForwardedAddress {

	private static final String FOR = "for=";

	private ForwardedAddress() {
	}

	/**
	 * Return the last address of a request that a proxy has passed on.
	 * @param request the request
	 * @return the addresses of all headers, empty if there is none, {@code null} if no
	 * proxy has left a header
	 */
	static @Nullable String of(HttpRequest request) {
		String removed = request.removedAddresses();
		String address = address(last((removed != null) ? removed : request.lastHeader("X-Forwarded-For")));
		address = join(address, forwardedFor(request.lastHeader("Forwarded")));
		address = join(address, address(last(request.lastHeader("X-Real-IP"))));
		boolean passedOn = !address.isEmpty() || request.isAddressForwarded() || request.hasHeader(new HeaderNames());
		return passedOn ? address : null;
	}

	private static String join(String addresses, String address) {
		if (address.isEmpty()) {
			return addresses;
		}
		return addresses.isEmpty() ? address : addresses + "," + address;
	}

	// RFC 7239: for=192.0.2.60;proto=http, for="[2001:db8::17]:4711"
	private static String forwardedFor(@Nullable String header) {
		String element = last(header);
		int begin = element.toLowerCase(Locale.ROOT).indexOf(FOR);
		if (begin < 0) {
			return "";
		}
		String value = element.substring(begin + FOR.length());
		int end = value.indexOf(';');
		return address(((end < 0) ? value : value.substring(0, end)).replace("\"", ""));
	}

	private static String last(@Nullable String header) {
		return (header != null) ? header.substring(header.lastIndexOf(',') + 1) : "";
	}

	// Some proxies write the port as well, another one for each connection
	private static String address(String text) {
		String address = text.strip();
		if (address.startsWith("[")) {
			int end = address.indexOf(']');
			return address.substring(1, (end < 0) ? address.length() : end);
		}
		int colon = address.indexOf(':');
		return (colon >= 0 && colon == address.lastIndexOf(':')) ? address.substring(0, colon) : address;
	}

}
