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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;

import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.RequestLoad;
import io.github.healthstarter.web.OpenStreams;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the races of {@link CountedRequest}.
 */
class CountedRequestTests {

	private static final int ITERATIONS = 50_000;

	private final RequestLoad requests = new RequestLoad(TimeSource.system());

	private final OpenStreams streams = new OpenStreams();

	@Test
	void streamWhoseClientLeavesWhileItBeginsIsForgotten() {
		CyclicBarrier barrier = new CyclicBarrier(2);
		CountedRequest[] counted = new CountedRequest[ITERATIONS];
		Disposable[] handling = new Disposable[ITERATIONS];
		for (int i = 0; i < ITERATIONS; i++) {
			counted[i] = new CountedRequest(this.requests, this.streams, new MockServerHttpResponse());
			handling[i] = counted[i].untilItsEnd(Mono.never()).subscribe();
		}
		CompletableFuture<Void> clients = CompletableFuture.runAsync(() -> {
			for (Disposable each : handling) {
				await(barrier);
				each.dispose();
			}
		});
		for (CountedRequest each : counted) {
			await(barrier);
			each.becomeEventStream();
		}
		clients.join();
		assertThat(this.streams.count()).isZero();
		assertThat(this.requests.inFlight()).isZero();
		assertThat(this.requests.ended()).isEqualTo(ITERATIONS);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
