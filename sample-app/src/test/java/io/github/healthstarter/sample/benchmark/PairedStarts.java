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
import java.util.function.BinaryOperator;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What two kinds of start took. One of each is launched at the same moment, again and
 * again, so that whatever else goes on in the machine slows down both. Which of them is
 * launched first makes a difference, so each round has both orders.
 *
 * @param ones what the one kind took, on the average of each round
 * @param others what the other kind took in the same rounds
 * @param <S> what one start took
 */
record PairedStarts<S>(List<S> ones, List<S> others) {

	private static final long REFERENCE_MILLIS = 5000;

	static <S> PairedStarts<S> measure(int rounds, Launcher<S> one, Launcher<S> other, BinaryOperator<S> mean)
			throws IOException {
		launch(one, other);
		PairedStarts<S> starts = new PairedStarts<>(new ArrayList<>(), new ArrayList<>());
		for (int round = 0; round < rounds; round++) {
			Pair<S> oneFirst = launch(one, other);
			Pair<S> otherFirst = launch(other, one);
			starts.ones.add(mean.apply(oneFirst.first, otherFirst.second));
			starts.others.add(mean.apply(oneFirst.second, otherFirst.first));
		}
		return starts;
	}

	private static <S> Pair<S> launch(Launcher<S> first, Launcher<S> second) throws IOException {
		try (Launched<S> firstLaunched = first.launch(); Launched<S> secondLaunched = second.launch()) {
			return new Pair<>(firstLaunched.await(), secondLaunched.await());
		}
	}

	static <S> long median(List<S> starts, ToLongFunction<S> value) {
		return starts.stream().mapToLong(value).sorted().toArray()[starts.size() / 2];
	}

	/**
	 * Returns how much longer the one takes than the other.
	 * @param value what is compared
	 * @return the median of the rounds' differences, in milliseconds of what takes the
	 * other 5 s
	 */
	long added(ToLongFunction<S> value) {
		double[] ratios = ratios(value);
		return Math.round((ratios[ratios.length / 2] - 1) * REFERENCE_MILLIS);
	}

	double[] ratios(ToLongFunction<S> value) {
		return IntStream.range(0, this.ones.size())
			.mapToDouble((i) -> (double) value.applyAsLong(this.ones.get(i)) / value.applyAsLong(this.others.get(i)))
			.sorted()
			.toArray();
	}

	private record Pair<S>(S first, S second) {

	}

	/**
	 * Launches a process.
	 *
	 * @param <S> what its start took
	 */
	interface Launcher<S> {

		Launched<S> launch() throws IOException;

	}

	/**
	 * A process that is starting.
	 *
	 * @param <S> what its start took
	 */
	interface Launched<S> extends AutoCloseable {

		S await();

		@Override
		void close();

	}

}
