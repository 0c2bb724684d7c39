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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckSource;
import io.github.healthstarter.check.Impact;

/**
 * Source of a check for every health indicator in the context, those of composites
 * included. The checks are informational, because an indicator that nobody thought of
 * must not take an instance out of traffic.
 */
public final class ContributorChecks implements CheckSource {

	private final @Nullable HealthContributors contributors;

	private final @Nullable ReactiveHealthContributors reactive;

	private final Predicate<Object> superseded;

	private ContributorChecks(@Nullable HealthContributors contributors, @Nullable ReactiveHealthContributors reactive,
			Predicate<Object> superseded) {
		this.contributors = contributors;
		this.reactive = reactive;
		this.superseded = superseded;
	}

	/**
	 * Create a source.
	 * @param contributors the contributors, {@code null} for none
	 * @param reactive the reactive contributors, {@code null} for none
	 * @param superseded the predicate of contributors that are left out, composites with
	 * all they contain
	 * @return the source
	 */
	public static CheckSource of(@Nullable HealthContributors contributors,
			@Nullable ReactiveHealthContributors reactive, Predicate<Object> superseded) {
		return new ContributorChecks(contributors, reactive, superseded);
	}

	@Override
	public List<CheckCandidate> candidates() {
		List<CheckCandidate> candidates = new ArrayList<>();
		if (this.contributors != null) {
			this.contributors.forEach((entry) -> add(candidates, entry.name(), entry.contributor()));
		}
		if (this.reactive != null) {
			this.reactive.forEach((entry) -> add(candidates, entry.name(), entry.contributor()));
		}
		return candidates;
	}

	private void add(List<CheckCandidate> candidates, String name, HealthContributor contributor) {
		if (this.superseded.test(contributor)) {
			return;
		}
		if (contributor instanceof HealthIndicator indicator) {
			candidates.add(new CheckCandidate(name, Impact.INFORMATIONAL, indicator, (policy) -> indicator));
		}
		else if (contributor instanceof CompositeHealthContributor composite) {
			read(candidates, name, composite, () -> composite
				.forEach((entry) -> add(candidates, name + "-" + entry.name(), entry.contributor())));
		}
	}

	private void add(List<CheckCandidate> candidates, String name, ReactiveHealthContributor contributor) {
		if (this.superseded.test(contributor)) {
			return;
		}
		if (contributor instanceof ReactiveHealthIndicator indicator) {
			candidates.add(new CheckCandidate(name, Impact.INFORMATIONAL, indicator,
					(policy) -> indicator.asHealthContributor()));
		}
		else if (contributor instanceof CompositeReactiveHealthContributor composite) {
			read(candidates, name, composite, () -> composite
				.forEach((entry) -> add(candidates, name + "-" + entry.name(), entry.contributor())));
		}
	}

	// A composite that cannot be read is a failed check, and hides no other contributor
	private static void read(List<CheckCandidate> candidates, String name, Object composite, Runnable reader) {
		try {
			reader.run();
		}
		catch (RuntimeException | Error ex) {
			candidates.add(new CheckCandidate(name, Impact.INFORMATIONAL, composite,
					(policy) -> () -> Health.down().withException(ex).build()));
		}
	}

}
