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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.StringUtils;

import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.web.AbstractDrainTests;
import io.github.healthstarter.web.OpenStreams;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainFilter}, {@link DrainingResponse} and {@link AsyncRequest}. To be
 * extended for each servlet container.
 */
abstract class AbstractDrainFilterTests extends AbstractDrainTests {

	private Stage stage;

	/**
	 * Returns the property that chooses the server under test.
	 */
	abstract String server();

	@Override
	protected ProbedApplication start(String... properties) {
		ProbedApplication application = ProbedApplication.onServlets(DrainApplication.class,
				StringUtils.addStringToArray(properties, server()));
		this.stage = application.bean(Stage.class);
		return application;
	}

	@Override
	protected void awaitEntered() {
		this.stage.awaitEntered();
	}

	@Override
	protected void release() {
		this.stage.release();
	}

	@Override
	protected void reset() {
		this.stage.reset();
	}

	@ParameterizedTest
	@CsvSource({ "/callable, 200", "/callable-exception, 500", "/callable-empty, 204", "/deferred, 200",
			"/deferred-exception, 500", "/timeout, 503", "/servlet/at-once, 200", "/servlet/twice, 202",
			"/servlet/stream-before, 200", "/servlet/forward, 200", "/servlet/include, 200" })
	void requestOfServletsIsInFlightFromItsBeginningToItsEnd(String target, int status) {
		assertInFlightUntilAnswered(target, status);
	}

	@Test
	void requestWhoseClientHasGoneIsInFlightNoLonger() {
		try (HttpConnection connection = application().connect()) {
			connection.send("GET", "/servlet/stream-before");
			awaitEntered();
		}
		assertThat(requests().inFlight()).isEqualTo(1);
		release();
		awaitNothingInFlight();
	}

	@Test
	void whatTheApplicationForwardsToIsItsOwn() {
		long begun = requests().begun();
		assertThat(application().get("/servlet/forward-to-probe").status()).isEqualTo(404);
		awaitNothingInFlight();
		assertThat(requests().begun()).isEqualTo(begun + 1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/callable", "/deferred", "/servlet/stream-before", "/servlet/writer-before" })
	void connectionOfServletsIsKeptWhileThereIsNoDrain(String target) {
		assertConnectionIsKept(target);
	}

	@ParameterizedTest
	@CsvSource({ "/callable, 200", "/callable-exception, 500", "/callable-empty, 204", "/deferred, 200",
			"/deferred-exception, 500", "/timeout, 503", "/events, 200", "/servlet/at-once, 200", "/servlet/twice, 202",
			"/servlet/stream-before, 200", "/servlet/writer-before, 200", "/servlet/redirect, 303",
			"/servlet/reset, 200", "/servlet/forward, 200", "/servlet/include, 200", "/servlet/missing, 404" })
	void everyAnswerOfServletsDuringADrainClosesItsConnection(String target, int status) {
		drain();
		release();
		assertAnswerClosesConnection(status, "GET", target);
	}

	@Test
	void compressedAnswerOfServletsClosesItsConnection() {
		drain();
		release();
		assertAnswerClosesConnection(200, "GET", "/servlet/stream-before", "Accept-Encoding: gzip");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/callable", "/callable-empty", "/callable-exception", "/deferred", "/deferred-exception",
			"/streaming", "/servlet/at-once", "/servlet/twice", "/servlet/stream-before", "/servlet/writer-before",
			"/servlet/redirect", "/servlet/reset", "/servlet/forward", "/servlet/include" })
	void requestOfServletsBegunBeforeTheDrainClosesItsConnectionToo(String target) {
		assertRequestBegunBeforeTheDrainClosesItsConnection(target);
	}

	@Test
	void requestThatTurnsOutToBeAnEventStreamLaterIsInFlightNoLonger() {
		OpenStreams streams = application().bean(OpenStreams.class);
		try (HttpConnection connection = application().connect()) {
			connection.send("GET", "/servlet/late-events");
			awaitEntered();
			assertThat(requests().inFlight()).isEqualTo(1);
			release();
			awaitNothingInFlight();
			assertThat(streams.count()).isEqualTo(1);
			awaitEntered();
			streams.stop();
			assertThat(connection.receive().body()).isEqualTo("data:late\n\n");
		}
		finally {
			streams.start();
		}
	}

}
