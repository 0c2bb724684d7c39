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

package io.github.healthstarter.web.tomcat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.WebServerChoice;
import io.github.healthstarter.web.AbstractLateRequestTests;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainingProtocol} and {@link DrainingEndpoint}: late requests on
 * Tomcat, whose listener has a queue.
 */
class DrainingProtocolTests extends AbstractLateRequestTests {

	@Override
	protected String server() {
		return WebServerChoice.TOMCAT;
	}

	@Test
	void clientsInTheQueueOfTheListenerAreAnswered() {
		List<HttpConnection> queued = new ArrayList<>();
		try (ProbedApplication application = start("server.tomcat.max-connections=1")) {
			assertThat(connect(application).ask("GET", "/fast").closesConnection()).isFalse();
			for (int i = 0; i < 8; i++) {
				HttpConnection connection = connect(application);
				connection.send("GET", "/fast");
				queued.add(connection);
			}
			assertThat(queued).noneMatch(HttpConnection::hasAnswer);
		}
		for (HttpConnection connection : queued) {
			HttpAnswer answer = connection.receive();
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.closesConnection()).isTrue();
			assertThat(connection.endsHere()).isTrue();
		}
	}

}
