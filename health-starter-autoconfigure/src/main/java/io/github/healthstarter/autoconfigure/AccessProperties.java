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

package io.github.healthstarter.autoconfigure;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

import io.github.healthstarter.access.AccessRules;

/**
 * Access to probes, details and administration.
 *
 * @param allow Addresses and CIDR blocks that get answers; empty for anyone.
 * @param trusted Addresses and CIDR blocks that get details; the loopback addresses
 * unless set, nobody if empty.
 * @param hosts Host names, beside localhost and IP literals, under which loopback and
 * browsers may be trusted.
 * @param token Bearer token that makes a caller trusted and opens the admin paths.
 */
public record AccessProperties(@DefaultValue List<String> allow, @Nullable List<String> trusted,
		@DefaultValue List<String> hosts, @Nullable String token) {

	static final AccessProperties DEFAULT = new AccessProperties(List.of(), null, List.of(), null);

	private static final String ADDRESSES = "Use addresses such as 10.1.2.3 or ::1, or CIDR blocks such as 10.0.0.0/8;"
			+ " host names are not looked up.";

	private static final String NAMES = "Use host names without scheme and port, such as orders.internal.";

	public AccessProperties {
		token = (token != null) ? token.strip() : null;
		if (token != null && !token.chars().allMatch((character) -> character > ' ' && character < 0x7f)) {
			throw new InvalidPropertyException("health.access.token", "(not shown)",
					"has a character that no header can carry as it is.",
					"Use printable ASCII without spaces, such as the output of 'openssl rand -hex 32'.");
		}
		parse("health.access.allow", allow, ADDRESSES, (list) -> new AccessRules(list, null, null));
		parse("health.access.trusted", (trusted != null) ? trusted : List.of(), ADDRESSES,
				(list) -> new AccessRules(List.of(), list, null));
		parse("health.access.hosts", hosts, NAMES, AccessRules.LOOPBACK::withHosts);
	}

	/**
	 * Return the rules.
	 * @return the rules
	 */
	public AccessRules rules() {
		return new AccessRules(this.allow, this.trusted, StringUtils.hasText(this.token) ? this.token : null)
			.withHosts(this.hosts);
	}

	private static void parse(String property, List<String> values, String action,
			Function<List<String>, AccessRules> parser) {
		try {
			AccessRules unused = parser.apply(values);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(property, String.join(",", values),
					"cannot be read: " + ex.getMessage() + ".", action);
		}
	}

	@Override
	public String toString() {
		return "AccessProperties[allow=" + this.allow + ", trusted=" + this.trusted + ", hosts=" + this.hosts + "]";
	}

}
