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
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.TimeSource;

/**
 * Counts the application's own requests and measures how long they take. Safe for use by
 * any thread; a request costs four additions and two readings of the clock, and no
 * memory.
 */
public final class RequestLoad {

	private static final Duration SUMMARY_LIFE = Duration.ofSeconds(1);

	private final TimeSource time;

	private final LongAdder begun = new LongAdder();

	private final LongAdder ended = new LongAdder();

	private final RecentRequests recent;

	private volatile long lastBegunAt;

	private volatile @Nullable CachedSummary latest;

	private volatile LongSupplier streams = () -> 0;

	/**
	 * Create a load of no requests.
	 * @param time the time source
	 */
	public RequestLoad(TimeSource time) {
		this.time = time;
		this.recent = new RecentRequests(time.nanos());
		this.lastBegunAt = time.nanos() - Duration.ofDays(1).toNanos();
	}

	/**
	 * Record that a request has arrived. To be followed by {@link #end(long)} or
	 * {@link #end()} exactly once.
	 * @return the time source's reading
	 */
	public long begin() {
		this.begun.increment();
		long now = this.time.nanos();
		this.lastBegunAt = now;
		return now;
	}

	/**
	 * Record that a request has been answered, or abandoned.
	 * @param begunAt the return value of {@link #begin()} for it
	 */
	public void end(long begunAt) {
		long now = this.time.nanos();
		this.recent.add(now, now - begunAt);
		this.ended.increment();
	}

	/**
	 * Record the end of a request whose duration means nothing, such as that of a stream
	 * which lasts until somebody ends it.
	 */
	public void end() {
		this.ended.increment();
	}

	/**
	 * Set the source of the number of streams, which are no requests in flight.
	 * @param streams returns how many are open or had to be ended
	 */
	public void setStreams(LongSupplier streams) {
		this.streams = streams;
	}

	/**
	 * Return the number of streams that are open or had to be ended.
	 * @return the number
	 */
	public long streams() {
		return this.streams.getAsLong();
	}

	/**
	 * Return the number of requests in flight.
	 * @return the number; never too low, for a moment it may be too high
	 */
	public long inFlight() {
		// The order matters: read the other way round, a request that ends in between
		// would be counted as ended but not as begun.
		long ended = this.ended.sum();
		return Math.max(0, this.begun.sum() - ended);
	}

	/**
	 * Return a summary of the last minute.
	 * @return the summary, up to a second old
	 */
	public TrafficSummary summary() {
		long now = this.time.nanos();
		CachedSummary cached = this.latest;
		if (cached == null || now - cached.at() >= SUMMARY_LIFE.toNanos()) {
			cached = new CachedSummary(this.recent.summary(now, inFlight()), now);
			this.latest = cached;
		}
		return cached.summary();
	}

	/**
	 * Return the number of requests that have arrived so far.
	 * @return the number
	 */
	public long begun() {
		return this.begun.sum();
	}

	/**
	 * Return the number of requests that have ended so far.
	 * @return the number
	 */
	public long ended() {
		return this.ended.sum();
	}

	/**
	 * Return the time since the last request arrived.
	 * @return the span; a day or more if there never was one
	 */
	public Duration quietFor() {
		return this.time.since(this.lastBegunAt);
	}

	/**
	 * A summary and the time at which it was made.
	 */
	private record CachedSummary(TrafficSummary summary, long at) {

	}

}
