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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.WebServerChoice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Drains on Tomcat, where a file may be sent by the operating system, what is no request
 * is refused on the way through the valves, and filters of Spring's take a change of the
 * protocol for none.
 */
class TomcatDrainFilterTests extends AbstractDrainFilterTests {

	@Override
	String server() {
		return WebServerChoice.TOMCAT;
	}

	@Test
	void fileSentByTheOperatingSystemClosesItsConnection() {
		drain();
		release();
		assertAnswerClosesConnection(200, "GET", "/servlet/sendfile");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", "nonsense\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n" })
	void refusalOfWhatIsNoRequestClosesItsConnection(String text) {
		drain();
		try (HttpConnection connection = application().connect()) {
			connection.sendRaw(text);
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.closesConnection()).isTrue();
			assertThat(connection.endsHere()).isTrue();
		}
	}

	@Test
	void connectionThatChangesItsProtocolIsLeftAlone() {
		drain();
		release();
		try (HttpConnection connection = application().connect()) {
			connection.send("GET", "/servlet/upgrade", "Connection: upgrade", "Upgrade: greeting");
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(101);
			assertThat(answer.header("connection")).isEqualToIgnoringCase("upgrade");
			assertThat(answer.body()).isEqualTo("hello");
		}
	}

}
