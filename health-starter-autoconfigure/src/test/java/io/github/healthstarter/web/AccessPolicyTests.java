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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.healthstarter.access.AccessRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AccessPolicy}, apart from what the contract of each server shows.
 */
class AccessPolicyTests {

	private static final String LAN = "10.1.2.3";

	private static final String LOOPBACK = "127.0.0.1";

	private static final AccessRules RULES = new AccessRules(List.of(), List.of(LOOPBACK, "10.0.0.0/8"), "secret")
		.withHosts(List.of("orders.internal"));

	private final AccessPolicy policy = new AccessPolicy(() -> RULES, Runnable::run);

	private static Request from(String address, String... headers) {
		return new Request(address, "HTTP/1.1", false, headers);
	}

	@Test
	void trustedNeighbourMayCallThisMachineAnything() {
		assertThat(this.policy.trusts(from(LAN, "Host", "anything.example"))).isTrue();
		assertThat(this.policy.trusts(from(LAN))).isTrue();
	}

	@Test
	void browserOfATrustedNeighbourHasToKnowTheName() {
		for (String browser : List.of("Sec-Fetch-Site", "Accept-Language", "Referer", "SEC-FETCH-MODE")) {
			assertThat(this.policy.trusts(from(LAN, "Host", "evil.test", browser, "a"))).as(browser).isFalse();
			assertThat(this.policy.trusts(from(LAN, "Host", "10.0.0.1:80", browser, "a"))).as(browser).isTrue();
			assertThat(this.policy.trusts(from(LAN, "Host", "Orders.internal", browser, "a"))).as(browser).isTrue();
			assertThat(this.policy.trusts(from(LAN, browser, "a"))).as(browser).isFalse();
		}
	}

	@Test
	void protocolOfOldProxiesAndAnUnknownOneAreNotTrusted() {
		for (String protocol : List.of("HTTP/1.0", "HTTP/0.9", "")) {
			assertThat(this.policy.trusts(new Request(LAN, protocol, false, "Host", "a"))).as(protocol).isFalse();
		}
		for (String protocol : List.of("HTTP/1.1", "HTTP/2.0", "HTTP/2", "HTTP/3.0")) {
			assertThat(this.policy.trusts(new Request(LAN, protocol, false, "Host", "a"))).as(protocol).isTrue();
		}
	}

	@Test
	void observeWhenANeighbourNamesAnyHostEndsNoTrust() {
		this.policy.observe(from(LAN, "Host", "shop.example"));
		assertThat(this.policy.trustsPeer(LOOPBACK)).isTrue();
	}

	@Test
	void observeWhenThereIsAKnownHostOrNoneEndsNoTrust() {
		this.policy.observe(from(LOOPBACK));
		this.policy.observe(from(LOOPBACK, "Host", ""));
		this.policy.observe(from(LOOPBACK, "Host", "orders.internal:8080"));
		this.policy.observe(from(LOOPBACK, "Host", "shop.example", "Via", "1.1 a"));
		this.policy.observe(new Request(LOOPBACK, "HTTP/1.1", true, "Host", "shop.example"));
		assertThat(this.policy.trustsPeer(LOOPBACK)).isTrue();
	}

	@Test
	void observeWhenLoopbackNamesAnotherHostEndsTheTrustInAllOfItAlone() {
		this.policy.observe(new Request("127.0.0.6", "HTTP/1.0", false, "Host", "shop.example"));
		assertThat(this.policy.trustsPeer(LOOPBACK)).isFalse();
		assertThat(this.policy.trusts(from(LOOPBACK, "Host", "localhost"))).isFalse();
		assertThat(this.policy.trusts(from(LOOPBACK, "Authorization", "Bearer secret"))).isTrue();
		assertThat(this.policy.trustsPeer(LAN)).isTrue();
		assertThat(this.policy.refuseAdministration(from(LOOPBACK, "Host", "localhost"))).isNotNull();
	}

	@Test
	void keepLoopbackTrustLetsTestsNameAnyHost() {
		this.policy.keepLoopbackTrust();
		this.policy.observe(from(LOOPBACK, "Host", "shop.example"));
		assertThat(this.policy.trusts(from(LOOPBACK, "Host", "localhost"))).isTrue();
	}

	/**
	 * A request that has come in away from the main port.
	 *
	 * @param headers the headers by their names, in any case
	 */
	private record Request(String remoteAddress, String protocol, boolean isAddressForwarded,
			Map<String, String> headers) implements HttpRequest {

		Request(String remoteAddress, String protocol, boolean forwarded, String... headers) {
			this(remoteAddress, protocol, forwarded, new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
			for (int i = 0; i < headers.length; i += 2) {
				this.headers.put(headers[i], headers[i + 1]);
			}
		}

		@Override
		public String method() {
			return "GET";
		}

		@Override
		public @Nullable String query() {
			return null;
		}

		@Override
		public @Nullable String header(String name) {
			return this.headers.get(name);
		}

		@Override
		public @Nullable String lastHeader(String name) {
			return header(name);
		}

		@Override
		public boolean hasHeader(Predicate<? super CharSequence> name) {
			return this.headers.keySet().stream().anyMatch(name);
		}

		@Override
		public boolean isOnMainPort() {
			return false;
		}

	}

}
