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

package io.github.healthstarter.autoconfigure.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckSource;

/**
 * Reads the sources of checks and gives each check its name. Of a source that fails, what
 * it returned before is used, and one line is logged until it works again. Safe for any
 * number of threads.
 */
final class CheckFinder {

	private static final Log logger = LogFactory.getLog(CheckFinder.class);

	private static final Set<String> REPLACEABLE = Set.of("db", "r2dbc", "redis");

	// Below the path of readiness these are the instance's own
	private static final Set<String> RESERVED = Set.of("read", "write");

	// Looked up once, because they are read at each interval
	private final SingletonSupplier<List<CheckSource>> sources;

	private final BooleanSupplier isStopped;

	private final Map<CheckSource, List<CheckCandidate>> latest = new ConcurrentHashMap<>();

	private final Set<CheckSource> failing = ConcurrentHashMap.newKeySet();

	private final Set<String> logged = ConcurrentHashMap.newKeySet();

	CheckFinder(ObjectProvider<CheckSource> sources, BooleanSupplier isStopped) {
		this.sources = SingletonSupplier.of(() -> sources.orderedStream().toList());
		this.isStopped = isStopped;
	}

	/**
	 * Read all sources.
	 * @return the checks by name, in the order of the sources
	 */
	Map<String, FoundCheck> find() {
		Map<String, FoundCheck> found = new LinkedHashMap<>();
		this.sources.obtain()
			.forEach((source) -> read(source).forEach((candidate) -> add(found, new FoundCheck(candidate, source))));
		return found;
	}

	private List<CheckCandidate> read(CheckSource source) {
		try {
			List<CheckCandidate> candidates = List.copyOf(source.candidates());
			this.latest.put(source, candidates);
			this.failing.remove(source);
			return candidates;
		}
		catch (Throwable ex) {
			List<CheckCandidate> known = this.latest.getOrDefault(source, List.of());
			if (!this.isStopped.getAsBoolean() && this.failing.add(source)) {
				logger.warn("Failed to find what to check in " + source.getClass().getName() + "; going on with the "
						+ known.size() + " checks that it had found before", ex);
			}
			return known;
		}
	}

	// By one of the well-known names an application replaces the check on purpose; a data
	// source's bean and an indicator may have the same name by chance
	private void add(Map<String, FoundCheck> found, FoundCheck check) {
		FoundCheck earlier = found.get(check.name());
		if (RESERVED.contains(check.name())) {
			logOnce("The check '" + check.name() + "' is called '" + check.name()
					+ "-indicator': its own name is that of a path of the instance");
			addBeside(found, check);
		}
		else if (earlier == null) {
			found.put(check.name(), check);
		}
		else if (REPLACEABLE.contains(check.name())) {
			logOnce("The application's own indicator takes the place of the check '" + check.name() + "'");
			found.put(check.name(), check.as(check.name(), earlier.impact()));
		}
		else {
			addBeside(found, check);
		}
	}

	private void addBeside(Map<String, FoundCheck> found, FoundCheck check) {
		add(found, check.as(check.name() + "-indicator", check.impact()));
	}

	private void logOnce(String line) {
		if (this.logged.add(line)) {
			logger.info(line);
		}
	}

}
