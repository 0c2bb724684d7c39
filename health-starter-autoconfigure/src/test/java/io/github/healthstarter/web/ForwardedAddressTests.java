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

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ForwardedAddress}.
 */
class ForwardedAddressTests {

	private static final String PROXY = "10.0.0.1";

	@Test
	void ofARequestThatNoProxyHasPassedOnIsNull() {
		assertThat(ForwardedAddress.of(SentRequest.from(PROXY, "Host: localhost", "User-Agent: curl"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Via: 1.1 proxy", "X-Forwarded-Proto: https", "X-Forwarded-For:", "Forwarded: proto=http",
			"X-Forwarded-For: 192.0.2.1, " })
	void ofARequestThatAProxyHasPassedOnForNobodyIsEmpty(String header) {
		assertThat(ForwardedAddress.of(SentRequest.from(PROXY, header))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "X-Forwarded-For: 192.0.2.1 | 192.0.2.1",
			"x-forwarded-for: 198.51.100.1, 192.0.2.1 | 192.0.2.1", "X-Forwarded-For: 192.0.2.1:4711 | 192.0.2.1",
			"X-Forwarded-For: 2001:db8::7 | 2001:db8::7", "X-Forwarded-For: [2001:db8::7]:4711 | 2001:db8::7",
			"X-Forwarded-For: [2001:db8::7 | 2001:db8::7", "X-Real-IP: 192.0.2.1 | 192.0.2.1",
			"Forwarded: for=192.0.2.1 | 192.0.2.1", "Forwarded: for=a, proto=http;For=192.0.2.1:4711;by=b | 192.0.2.1",
			"Forwarded: by=b;for=\"[2001:db8::7]:4711\" | 2001:db8::7", "Forwarded: for=192.0.2.1, proto=https | ``" })
	void ofAHeaderIsTheLastAddressInItWithoutAPort(String header, String address) {
		assertThat(ForwardedAddress.of(SentRequest.from(PROXY, header))).isEqualTo(address);
	}

	@Test
	void ofAHeaderThatTheClientHasSentAsWellIsWhatTheProxyHasAdded() {
		assertThat(ForwardedAddress
			.of(SentRequest.from(PROXY, "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 192.0.2.1")))
			.isEqualTo("192.0.2.1");
	}

	@Test
	void ofSeveralHeadersHasTheAddressesOfAll() {
		assertThat(ForwardedAddress.of(SentRequest.from(PROXY, "X-Real-IP: 192.0.2.3", "Forwarded: for=192.0.2.2",
				"X-Forwarded-For: 192.0.2.1")))
			.isEqualTo("192.0.2.1,192.0.2.2,192.0.2.3");
	}

	@Test
	void ofARequestWhoseHeaderTheServerHasTakenAwayIsTheAddressThatWasInIt() {
		assertThat(ForwardedAddress.of(new SentRequest(PROXY, "192.0.2.1", List.of()))).isEqualTo("192.0.2.1");
		assertThat(ForwardedAddress
			.of(new SentRequest(PROXY, "198.51.100.1, 10.0.0.2", List.of("X-Forwarded-For: 198.51.100.1"))))
			.isEqualTo("10.0.0.2");
	}

}
