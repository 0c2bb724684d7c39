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

/**
 * A logarithmic scale of latencies in microseconds: sixteen buckets for each power of
 * two, so that the middle of a bucket is off by at most one part in 32. Latencies below
 * 16 microseconds are kept exactly, those above 71 minutes not told apart.
 */
final class LatencyScale {

	/**
	 * The largest latency that is distinguished from larger ones.
	 */
	static final long MAX_MICROS = (1L << 32) - 1;

	private static final int PRECISION_BITS = 4;

	private static final int BUCKETS_PER_POWER = 1 << PRECISION_BITS;

	/**
	 * The number of buckets.
	 */
	static final int SIZE = bucket(MAX_MICROS) + 1;

	private LatencyScale() {
	}

	static int bucket(long micros) {
		if (micros < BUCKETS_PER_POWER) {
			return (int) micros;
		}
		int shift = Long.SIZE - 1 - PRECISION_BITS - Long.numberOfLeadingZeros(micros);
		return shift * BUCKETS_PER_POWER + (int) (micros >>> shift);
	}

	static long middle(int bucket) {
		if (bucket < BUCKETS_PER_POWER) {
			return bucket;
		}
		int shift = bucket / BUCKETS_PER_POWER - 1;
		long lowest = (long) (bucket - shift * BUCKETS_PER_POWER) << shift;
		return lowest + ((1L << shift) >> 1);
	}

}
