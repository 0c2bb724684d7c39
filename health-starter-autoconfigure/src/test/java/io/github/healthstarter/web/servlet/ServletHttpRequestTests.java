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

package io.github.healthstarter.web.servlet;

import java.net.InetSocketAddress;

import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

import io.github.healthstarter.web.Peer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServletHttpRequest}.
 */
class ServletHttpRequestTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/readyz");

	private ServletHttpRequest request() {
		return new ServletHttpRequest(this.request);
	}

	@Test
	void queryIsNotDecodedAndNoParameterIsRead() {
		assertThat(request().query()).isNull();
		this.request.setQueryString("exclude=a%20b");
		assertThat(request().query()).isEqualTo("exclude=a%20b");
	}

	@Test
	void remoteAddressIsThatOfThePeerWhateverTheServerMadeOfIt() {
		this.request.setRemoteAddr("10.1.1.1");
		assertThat(request().remoteAddress()).isEqualTo("10.1.1.1");
		this.request.setAttribute(Peer.ATTRIBUTE, new Peer("192.0.2.1", false));
		assertThat(request().remoteAddress()).isEqualTo("192.0.2.1");
	}

	@Test
	@SuppressWarnings("NullAway")
	void remoteAddressOnAUnixDomainSocketIsEmpty() {
		this.request.setRemoteAddr(null);
		assertThat(request().remoteAddress()).isEmpty();
	}

	@Test
	void remoteAddressOfIpv6HasNoBracketsWhereJettyPutsIt() {
		String address = Request.getHostName(new InetSocketAddress("2001:db8::7", 80));
		assertThat(address).startsWith("[");
		this.request.setRemoteAddr(address);
		assertThat(request().remoteAddress()).isEqualTo("2001:db8:0:0:0:0:0:7");
		this.request.setAttribute(Peer.ATTRIBUTE, new Peer(address, true));
		assertThat(request().remoteAddress()).isEqualTo("2001:db8:0:0:0:0:0:7");
	}

	@Test
	void addressIsForwardedWhereTomcatSaysSoAndThePeerDoesNotKnowBetter() {
		assertThat(request().isAddressForwarded()).isFalse();
		this.request.setAttribute("org.apache.tomcat.request.forwarded", true);
		assertThat(request().isAddressForwarded()).isTrue();
		this.request.setAttribute(Peer.ATTRIBUTE, new Peer("127.0.0.1", true));
		assertThat(request().isAddressForwarded()).isFalse();
		this.request.setAttribute(Peer.ATTRIBUTE, new Peer("127.0.0.1", false));
		assertThat(request().isAddressForwarded()).isTrue();
	}

	@Test
	void lastHeaderIsThatOfTheLastLine() {
		assertThat(request().lastHeader("X-Forwarded-For")).isNull();
		this.request.addHeader("X-Forwarded-For", "198.51.100.1");
		this.request.addHeader("X-Forwarded-For", "192.0.2.1");
		assertThat(request().header("x-forwarded-for")).isEqualTo("198.51.100.1");
		assertThat(request().lastHeader("x-forwarded-for")).isEqualTo("192.0.2.1");
	}

	@Test
	void removedAddressesAreThoseThatWereNotedOrTheOneThatTomcatHasPutInPlaceOfThePeers() {
		this.request.setRemoteAddr("192.0.2.1");
		assertThat(request().removedAddresses()).isNull();
		this.request.setAttribute("org.apache.tomcat.request.forwarded", true);
		assertThat(request().removedAddresses()).isEqualTo("192.0.2.1");
		this.request.setAttribute(Peer.ATTRIBUTE, new Peer("127.0.0.1", true));
		assertThat(request().removedAddresses()).isNull();
		this.request.setAttribute(Peer.ATTRIBUTE, new Peer("127.0.0.1", false, "192.0.2.1, 10.0.0.2"));
		assertThat(request().removedAddresses()).isEqualTo("192.0.2.1, 10.0.0.2");
	}

}
