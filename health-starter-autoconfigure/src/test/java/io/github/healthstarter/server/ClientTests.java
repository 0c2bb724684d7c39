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

package io.github.healthstarter.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Client}.
 */
class ClientTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1, true", "192.0.2.1, 192.0.2.2, false", "192.0.2.1, ::ffff:192.0.2.1, true",
			"2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff, true", "2001:db8::1, 2001:db8:0:1::1, false",
			"2001:db8::1, 2001:db9::1, false", "::1, 0.0.0.1, false", "255.0.0.1, 127.0.0.1, false" })
	void hostOfIpv6IsOneClient(String one, String other, boolean same) throws UnknownHostException {
		assertThat(client(one).equals(client(other))).isEqualTo(same);
	}

	private static Client client(String address) throws UnknownHostException {
		return Client.of(InetAddress.getByName(address));
	}

}
