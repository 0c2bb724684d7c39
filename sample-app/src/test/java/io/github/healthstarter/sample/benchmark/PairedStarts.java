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

package io.github.healthstarter.sample.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What the starts of two kinds of processes took, one pair after another. Which of a pair
 * comes first alternates, so that whatever changes in the machine meets both.
 *
 * @param <S> what one start took
 * @param ones the starts of the one kind
 * @param others the starts of the other kind, each with that of the same index as a pair
 */
record PairedStarts<S>(List<S> ones, List<S> others) {

	private static final double TAIL = 0.025;

	static <S> PairedStarts<S> measure(int pairs, Launcher<S> one, Launcher<S> other) throws IOException {
		one.launch();
		other.launch();
		PairedStarts<S> starts = new PairedStarts<>(new ArrayList<>(), new ArrayList<>());
		for (int pair = 0; pair < pairs; pair++) {
			if (pair % 2 == 0) {
				starts.ones.add(one.launch());
				starts.others.add(other.launch());
			}
			else {
				starts.others.add(other.launch());
				starts.ones.add(one.launch());
			}
		}
		return starts;
	}

	static <S> long median(List<S> starts, ToLongFunction<S> value) {
		return Math.round(median(starts.stream().mapToDouble(value::applyAsLong).sorted().toArray()));
	}

	private static double median(double[] sorted) {
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

	/**
	 * Returns how the one relates to the other.
	 * @param value what is compared
	 * @return the median of the pairs' ratios
	 */
	double ratio(ToLongFunction<S> value) {
		return median(IntStream.range(0, this.ones.size())
			.mapToDouble((i) -> (double) value.applyAsLong(this.ones.get(i)) / value.applyAsLong(this.others.get(i)))
			.sorted()
			.toArray());
	}

	/**
	 * Returns how much more the one takes than the other.
	 * @param value what is compared
	 * @return the 95 % confidence interval of the median of the pairs' differences, from
	 * their order statistics (sign test)
	 */
	Interval difference(ToLongFunction<S> value) {
		int pairs = this.ones.size();
		long[] sorted = IntStream.range(0, pairs)
			.mapToLong((i) -> value.applyAsLong(this.ones.get(i)) - value.applyAsLong(this.others.get(i)))
			.sorted()
			.toArray();
		int rank = 0;
		double probability = Math.pow(0.5, pairs);
		double tail = probability;
		while (tail <= TAIL) {
			probability = probability * (pairs - rank) / (rank + 1);
			tail += probability;
			rank++;
		}
		int outside = Math.max(rank - 1, 0);
		return new Interval(sorted[outside], sorted[pairs - 1 - outside]);
	}

	/**
	 * Launches a process and waits until it has been measured.
	 *
	 * @param <S> what its start took
	 */
	interface Launcher<S> {

		S launch() throws IOException;

	}

	/**
	 * A confidence interval.
	 *
	 * @param low its lower limit
	 * @param high its upper limit
	 */
	record Interval(long low, long high) {

	}

}
