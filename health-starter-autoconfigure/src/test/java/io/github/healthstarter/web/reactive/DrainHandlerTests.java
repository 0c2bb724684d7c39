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

package io.github.healthstarter.web.reactive;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.web.AbstractDrainTests;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainHandler}, {@link GateHandler} and {@link CountedRequest} on
 * Reactor Netty.
 */
class DrainHandlerTests extends AbstractDrainTests {

	private ReactiveApplication.Requests controller;

	@Override
	protected ProbedApplication start(String... properties) {
		ProbedApplication application = ProbedApplication.onReactorNetty(ReactiveApplication.class, properties);
		this.controller = application.bean(ReactiveApplication.Requests.class);
		return application;
	}

	@Override
	protected void awaitEntered() {
		application().await().until(this.controller::entered, (entered) -> entered == 1);
	}

	@Override
	protected void release() {
		this.controller.open();
	}

	@Override
	protected void reset() {
		this.controller.reset();
	}

	@Test
	void requestThatTimesOutIsInFlightUntilItsEnd() {
		assertInFlightUntilAnswered("/timeout", 500);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/thrown", "/missing", "/file.txt" })
	void requestThatNeedNotWaitIsCountedToo(String target) {
		long ended = requests().ended();
		application().get(target);
		application().await().until(requests()::ended, (count) -> count == ended + 1);
		assertThat(requests().inFlight()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/plain", "/streaming" })
	void requestWhoseClientHasGoneIsCancelledAndInFlightNoLonger(String target) {
		try (HttpConnection connection = application().connect()) {
			connection.send("GET", target);
			awaitEntered();
			assertThat(requests().inFlight()).isEqualTo(1);
		}
		awaitNothingInFlight();
		assertThat(this.controller.cancelled()).isEqualTo(1);
	}

	@Test
	void answerThatItsClientTakesSlowlyIsInFlightUntilItIsWritten() {
		try (HttpConnection connection = application().connect()) {
			connection.send("GET", "/large");
			assertThat(connection.receiveHead().status()).isEqualTo(200);
			assertThat(requests().inFlight()).isEqualTo(1);
			assertThat(application().get("/readyz").status()).isEqualTo(200);
			assertThat(requests().inFlight()).isEqualTo(1);
		}
		awaitNothingInFlight();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/exception", "/thrown", "/timeout" })
	void errorKeepsItsConnectionWhileThereIsNoDrain(String target) {
		assertConnectionIsKept(target);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/thrown", "/timeout" })
	void errorOfADrainClosesItsConnection(String target) {
		drain();
		release();
		assertAnswerClosesConnection(500, "GET", target);
	}

}
