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

package io.github.healthstarter.sample.restart;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.healthstarter.sample.load.Outcome;

/**
 * Sums up rolling restarts, as a table in Markdown. How long an answer took is counted
 * from when its request was due.
 */
final class RestartTable {

	private static final Pattern DRAIN = Pattern.compile(" drainMillis=(\\d+)");

	private static final String HEAD = """
			| application | clients | restarts | requests | failed | per restart | sent late | p99 (ms) | drain, longest (ms) |
			| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
			""";

	private RestartTable() {
	}

	static String of(RollingRestart... runs) {
		return Stream.of(runs)
			.flatMap((run) -> Stream.of(row(run, "behind HAProxy", run.behindHaProxy()),
					row(run, "balancing by themselves", run.balancing())))
			.collect(Collectors.joining("", HEAD, ""));
	}

	private static String row(RollingRestart run, String clients, List<Outcome> outcomes) {
		int restarts = run.logs().size();
		long failed = outcomes.stream().filter((outcome) -> !outcome.isAnswered()).count();
		long late = outcomes.stream().filter(Outcome::isLate).count();
		long[] latencies = outcomes.stream()
			.filter(Outcome::isAnswered)
			.mapToLong(Outcome::latencyMillis)
			.sorted()
			.toArray();
		return "| %s | %s | %d | %d | %d | %.1f | %d | %d | %s |%n".formatted(run.application().label(), clients,
				restarts, outcomes.size(), failed, (double) failed / restarts, late,
				latencies[latencies.length * 99 / 100], longestDrain(run));
	}

	private static String longestDrain(RollingRestart run) {
		LongStream drains = run.logs()
			.stream()
			.map(DRAIN::matcher)
			.filter(Matcher::find)
			.mapToLong((drain) -> Long.parseLong(drain.group(1)));
		OptionalLong longest = drains.max();
		return longest.isPresent() ? String.valueOf(longest.getAsLong()) : "";
	}

}
