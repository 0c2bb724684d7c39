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

import java.util.List;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import org.junit.jupiter.api.Test;

import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.RequestLoad;
import io.github.healthstarter.web.OpenStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;

/**
 * Tests for {@link AsyncRequest}.
 */
class AsyncRequestTests {

	private final RequestLoad requests = new RequestLoad(TimeSource.system());

	private final OpenStreams streams = spy(new OpenStreams());

	private final AsyncContext context = mock();

	private final AsyncRequest request = new AsyncRequest(this.requests, this.streams, this.requests.begin(),
			this.context);

	private void end() {
		this.request.onComplete(new AsyncEvent(this.context));
	}

	@Test
	void streamThatEndsWhileItIsFoundOutToBeOneIsNeitherOpenNorInFlight() {
		willAnswer((call) -> {
			end();
			return call.callRealMethod();
		}).given(this.streams).add(any());
		this.request.becomeEventStream();
		assertThat(this.requests.inFlight()).isZero();
		assertThat(this.streams.unfinished()).isZero();
	}

	@Test
	void requestThatHasEndedBecomesNoStream() {
		end();
		this.request.becomeEventStream();
		assertThat(this.requests.ended()).isEqualTo(1);
		assertThat(this.streams.unfinished()).isZero();
	}

	@Test
	void streamThatBeginsWhenTheServerIsAboutToStopIsEndedAtOnce() {
		this.streams.stop();
		this.request.becomeEventStream();
		then(this.context).should().complete();
		assertThat(this.streams.count()).isZero();
		assertThat(this.streams.unfinished()).isEqualTo(1);
	}

	@Test
	void streamThatEndsAtTheMomentOfTheShutdownIsNotCutOff() {
		willThrow(new IllegalStateException("recycled")).given(this.context).complete();
		this.request.becomeEventStream();
		this.streams.stop();
		assertThat(this.streams.unfinished()).isZero();
	}

	@Test
	void streamThatCannotBeEndedKeepsNoOtherFromItsEnd() {
		AsyncContext other = mock();
		for (AsyncContext each : List.of(this.context, other)) {
			willThrow(new NullPointerException("recycled at this moment")).given(each).complete();
			new AsyncRequest(this.requests, this.streams, this.requests.begin(), each).becomeEventStream();
		}
		this.streams.stop();
		then(this.context).should().complete();
		then(other).should().complete();
	}

	@Test
	void streamThatStartsAnewIsEndedAsItIsThen() {
		AsyncContext anew = mock();
		this.request.becomeEventStream();
		this.request.onStartAsync(new AsyncEvent(anew));
		then(anew).should().addListener(this.request);
		this.streams.stop();
		then(this.context).should(never()).complete();
		then(anew).should().complete();
		assertThat(this.streams.unfinished()).isEqualTo(1);
	}

}
