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

package io.github.healthstarter.access;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The names under which this machine may be called, beside {@code localhost} and IP
 * literals, which no foreign page can have for a name. Immutable.
 *
 * @param names the names in lower case
 */
record HostNames(List<String> names) {

	static final HostNames NONE = new HostNames(List.of());

	private static final Pattern NAME = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");

	private static final String LOCALHOST = "localhost";

	/**
	 * Parse names.
	 * @param names host names without a port
	 * @return the set of all of them
	 * @throws IllegalArgumentException naming the first that is no host name
	 */
	static HostNames parse(List<String> names) {
		return new HostNames(names.stream().map(HostNames::parse).toList());
	}

	private static String parse(String text) {
		String name = text.strip();
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("'" + name + "' is not a host name");
		}
		return name.toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether an authority names this machine.
	 * @param authority a name or a literal, perhaps with a port, as in {@code Host}
	 * @return {@code true} for {@code localhost}, an IP literal and the names of this set
	 */
	boolean contains(@Nullable String authority) {
		if (authority == null || authority.isEmpty()) {
			return false;
		}
		if (authority.charAt(0) == '[') {
			int end = authority.indexOf(']');
			return end > 0 && AddressRange.address(authority.substring(1, end)) != null;
		}
		int colon = authority.indexOf(':');
		int length = (colon < 0) ? authority.length() : colon;
		return matches(authority, length, LOCALHOST) || isListed(authority, length)
				|| AddressRange.ipv4((colon < 0) ? authority : authority.substring(0, colon)) >= 0;
	}

	private boolean isListed(String authority, int length) {
		for (String name : this.names) {
			if (matches(authority, length, name)) {
				return true;
			}
		}
		return false;
	}

	private static boolean matches(String authority, int length, String name) {
		return length == name.length() && authority.regionMatches(true, 0, name, 0, length);
	}

}
