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

import jakarta.servlet.AsyncContext;
import org.junit.jupiter.api.Test;

import io.github.healthstarter.drain.RequestLoad;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RequestEnd}.
 */
class RequestEndTests {

	@Test
	void streamThatEndsWhileItIsFoundOutToBeOneIsNeitherOpenNorInFlight() {
		RequestLoad requests = new RequestLoad(TimeSource.system());
		EventStreams streams = new EventStreams();
		AsyncContext context = mock();
		willThrow(new IllegalStateException("recycled")).given(context).addListener(any());
		new RequestEnd(requests, requests.begin(), context).becomeStream(streams);
		assertThat(requests.inFlight()).isZero();
		assertThat(streams.unfinished()).isZero();
	}

}
