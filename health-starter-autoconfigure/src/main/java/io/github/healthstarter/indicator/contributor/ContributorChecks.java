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
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckSource;

/**
 * Makes checks of the health contributors in the context.
 */
public final class ContributorChecks {

	private ContributorChecks() {
	}

	/**
	 * Make a check of every indicator.
	 * @param contributors the contributors, {@code null} for none
	 * @param reactive those that are reactive, {@code null} for none
	 * @param superseded tells which of them, with all they are composed of, are left out
	 * @return their checks
	 */
	public static CheckSource of(@Nullable HealthContributors contributors,
			@Nullable ReactiveHealthContributors reactive, Predicate<Object> superseded) {
		return () -> {
			List<CheckCandidate> candidates = new ArrayList<>();
			if (contributors != null) {
				candidates.addAll(new ContributorCheckSource(contributors, superseded).candidates());
			}
			if (reactive != null) {
				candidates.addAll(new ReactiveContributorCheckSource(reactive, superseded).candidates());
			}
			return candidates;
		};
	}

}
