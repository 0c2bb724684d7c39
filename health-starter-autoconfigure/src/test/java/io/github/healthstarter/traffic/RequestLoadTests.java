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

package io.github.healthstarter.traffic;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.testing.Race;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestLoad}.
 */
@Timeout(30)
class RequestLoadTests {

	private static final long REQUESTS = 100_000;

	private final ManualTime time = new ManualTime();

	private final RequestLoad requests = new RequestLoad(this.time);

	@Test
	void quietForBeforeTheFirstRequestIsLong() {
		assertThat(this.requests.quietFor()).isGreaterThanOrEqualTo(Duration.ofDays(1));
	}

	@Test
	void beginCountsRequestUntilItsEnd() {
		this.requests.begin();
		this.requests.begin();
		this.requests.end();
		assertThat(this.requests.begun()).isEqualTo(2);
		assertThat(this.requests.ended()).isEqualTo(1);
		assertThat(this.requests.inFlight()).isEqualTo(1);
	}

	@Test
	void quietForCountsFromTheLatestBeginning() {
		this.requests.begin();
		this.time.advance(Duration.ofSeconds(2));
		this.requests.end();
		assertThat(this.requests.quietFor()).isEqualTo(Duration.ofSeconds(2));
		this.requests.begin();
		assertThat(this.requests.quietFor()).isZero();
	}

	@Test
	void summaryIsOfWhatHasEndedWithItsDuration() {
		long first = this.requests.begin();
		this.requests.begin();
		this.requests.begin();
		this.time.advance(Duration.ofSeconds(2));
		this.requests.end(first);
		this.requests.end();
		TrafficSummary summary = this.requests.summary();
		assertThat(summary.inFlight()).isEqualTo(1);
		assertThat(summary.perSecond()).isEqualTo(0.5);
		assertThat(summary.mean()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void summaryIsKeptForASecond() {
		TrafficSummary summary = this.requests.summary();
		this.requests.end(this.requests.begin());
		this.time.advance(Duration.ofSeconds(1).minusNanos(1));
		assertThat(this.requests.summary()).isSameAs(summary);
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.requests.summary().perSecond()).isEqualTo(1);
	}

	@Test
	void requestTakesNoMemory() {
		RequestLoad requests = new RequestLoad(TimeSource.system());
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		run(requests);
		long before = threads.getCurrentThreadAllocatedBytes();
		run(requests);
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(REQUESTS / 10);
		assertThat(requests.ended()).isEqualTo(2 * REQUESTS);
	}

	private static void run(RequestLoad requests) {
		for (int i = 0; i < REQUESTS; i++) {
			requests.end(requests.begin());
		}
	}

	@Test
	void inFlightUnderLoadIsNeverTooLow() throws Exception {
		RequestLoad requests = new RequestLoad(TimeSource.system());
		AtomicInteger running = new AtomicInteger(2);
		Callable<Long> load = () -> {
			for (int i = 0; i < 400_000; i++) {
				requests.begin();
				requests.end();
			}
			running.decrementAndGet();
			return 0L;
		};
		Callable<Long> look = () -> {
			long lowest = 0;
			while (running.get() > 0) {
				lowest = Math.min(lowest, requests.inFlight());
			}
			return lowest;
		};
		assertThat(Race.run(List.of(load, load, look))).containsExactly(0L, 0L, 0L);
		assertThat(requests.inFlight()).isZero();
		assertThat(requests.ended()).isEqualTo(800_000);
	}

}
