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

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

import org.jspecify.annotations.Nullable;

/**
 * The number and the latencies of the requests that have ended within the last minute.
 * Safe for use by any thread, without locks; recording one costs two additions and no
 * memory.
 * <p>
 * A ring of slots of five seconds each: the one that is being filled and the twelve
 * before it, so that the minute has 60 to 65 seconds. Each slot is a histogram and a sum.
 * Each cell carries the number of the slot that it was last written for, and starts again
 * when it is written for another; so nothing ever has to be cleared.
 */
final class RecentRequests {

	private static final long SLOT_NANOS = Duration.ofSeconds(5).toNanos();

	private static final int SLOTS = 13;

	private static final int SUM = LatencyScale.SIZE;

	private static final int CELLS_PER_SLOT = LatencyScale.SIZE + 1;

	// Enough for twelve days of requests' time in five seconds, and for slot numbers that
	// come again only after two years and a half
	private static final int VALUE_BITS = 40;

	private static final long MAX_VALUE = (1L << VALUE_BITS) - 1;

	private static final long MAX_NUMBER = (1L << (Long.SIZE - VALUE_BITS)) - 1;

	private static final Duration MIN_SPAN = Duration.ofSeconds(1);

	private final AtomicLongArray cells = new AtomicLongArray(SLOTS * CELLS_PER_SLOT);

	private final long origin;

	/**
	 * Create with no requests.
	 * @param nanos the time source's reading
	 */
	RecentRequests(long nanos) {
		this.origin = nanos;
	}

	/**
	 * Record a request that ends.
	 * @param nanos the time source's reading
	 * @param duration how long it took, in nanoseconds
	 */
	void add(long nanos, long duration) {
		long micros = Math.min(Math.max(duration, 0) / 1000, LatencyScale.MAX_MICROS);
		long slot = slot(nanos);
		add(slot, LatencyScale.bucket(micros), 1);
		add(slot, SUM, micros);
	}

	private void add(long slot, int cell, long amount) {
		int index = index(slot, cell);
		long number = slot & MAX_NUMBER;
		long before;
		long after;
		do {
			before = this.cells.get(index);
			long ahead = ((before >>> VALUE_BITS) - number) & MAX_NUMBER;
			if (ahead == SLOTS) {
				// Delayed for a minute on the way here: the slot is another's by now
				return;
			}
			long value = (ahead == 0) ? Math.min((before & MAX_VALUE) + amount, MAX_VALUE) : amount;
			after = number << VALUE_BITS | value;
		}
		while (!this.cells.compareAndSet(index, before, after));
	}

	/**
	 * Sum up the last minute.
	 * @param nanos the time source's reading
	 * @param inFlight how many requests are under way
	 * @return the summary
	 */
	TrafficSummary summary(long nanos, long inFlight) {
		long last = slot(nanos);
		long first = Math.max(0, last - SLOTS + 1);
		long[] histogram = new long[LatencyScale.SIZE];
		long count = 0;
		long sum = 0;
		for (long slot = first; slot <= last; slot++) {
			for (int bucket = 0; bucket < LatencyScale.SIZE; bucket++) {
				long value = value(slot, bucket);
				histogram[bucket] += value;
				count += value;
			}
			sum += value(slot, SUM);
		}
		long span = Math.max(nanos - this.origin - first * SLOT_NANOS, MIN_SPAN.toNanos());
		double perSecond = count * (double) TimeUnit.SECONDS.toNanos(1) / span;
		return new TrafficSummary(inFlight, perSecond, mean(sum, count), p99(histogram, count));
	}

	private static @Nullable Duration mean(long sum, long count) {
		return (count > 0) ? Duration.of(sum / count, ChronoUnit.MICROS) : null;
	}

	private static @Nullable Duration p99(long[] histogram, long count) {
		long above = count / 100;
		for (int bucket = histogram.length - 1; bucket >= 0; bucket--) {
			above -= histogram[bucket];
			if (above < 0) {
				return Duration.of(LatencyScale.middle(bucket), ChronoUnit.MICROS);
			}
		}
		return null;
	}

	private long value(long slot, int cell) {
		long content = this.cells.get(index(slot, cell));
		return (content >>> VALUE_BITS == (slot & MAX_NUMBER)) ? content & MAX_VALUE : 0;
	}

	private long slot(long nanos) {
		return Math.max(0, nanos - this.origin) / SLOT_NANOS;
	}

	private static int index(long slot, int cell) {
		return (int) (slot % SLOTS) * CELLS_PER_SLOT + cell;
	}

}
