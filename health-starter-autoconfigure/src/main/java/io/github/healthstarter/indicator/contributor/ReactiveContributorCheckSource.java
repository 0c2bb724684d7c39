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

package io.github.healthstarter.indicator.contributor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckSource;
import io.github.healthstarter.check.Impact;

/**
 * Makes a check of every reactive health indicator in the context, composites taken
 * apart. The check's own thread waits for what they answer.
 */
final class ReactiveContributorCheckSource implements CheckSource {

	private final ReactiveHealthContributors contributors;

	private final Predicate<Object> superseded;

	/**
	 * Create a source.
	 * @param contributors the contributors in the context
	 * @param superseded tells which of them are left out
	 */
	ReactiveContributorCheckSource(ReactiveHealthContributors contributors, Predicate<Object> superseded) {
		this.contributors = contributors;
		this.superseded = superseded;
	}

	@Override
	public List<CheckCandidate> candidates() {
		List<CheckCandidate> candidates = new ArrayList<>();
		this.contributors.forEach((entry) -> collect(candidates, entry.name(), entry.contributor()));
		return candidates;
	}

	private void collect(List<CheckCandidate> candidates, String name, ReactiveHealthContributor contributor) {
		if (this.superseded.test(contributor)) {
			return;
		}
		if (contributor instanceof ReactiveHealthIndicator indicator) {
			candidates.add(new CheckCandidate(name, Impact.INFORMATIONAL, (policy) -> indicator.asHealthContributor()));
		}
		else if (contributor instanceof CompositeReactiveHealthContributor composite) {
			composite.forEach((entry) -> collect(candidates, name + "-" + entry.name(), entry.contributor()));
		}
	}

}
