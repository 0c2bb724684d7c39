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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HostNames}.
 */
class HostNamesTests {

	private final HostNames hosts = HostNames.parse(List.of("Orders.Internal", " app "));

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LocalHost:8080", "127.0.0.1", "10.1.2.3:80", "[::1]", "[2001:db8::1]:8443",
			"orders.internal", "ORDERS.INTERNAL:1", "app", "localhost:" })
	void containsIsTrueForLiteralsAndNames(String authority) {
		assertThat(this.hosts.contains(authority)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":8080", "evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "127.0.0.1evil",
			"127.1", "2130706433", "0x7f000001", "256.0.0.1", "::1", "[::1", "[]", "[evil]", "[::1.evil.test]:80",
			"orders.internal.evil.test", "evil-app", "app.", " localhost" })
	void containsIsFalseForAnythingElse(String authority) {
		assertThat(this.hosts.contains(authority)).isFalse();
	}

	@Test
	void containsWithoutAnAuthorityIsFalse() {
		assertThat(this.hosts.contains(null)).isFalse();
		assertThat(HostNames.NONE.contains("app")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "http://app", "app:8080", "*.internal", "a b", "app.", ".app", "[::1]", "a/b" })
	void parseWhenItIsNoHostNameThrows(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> HostNames.parse(List.of("app", name)))
			.withMessage("'" + name + "' is not a host name");
	}

}
