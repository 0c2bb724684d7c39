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

import java.util.List;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.Assert;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckPolicy;

/**
 * Health indicator of a dependency that comes and goes. A failure counts only if the
 * dependency is still there: the one that has replaced it is checked instead, and one
 * that is missing is unknown unless it has been down before.
 */
final class FollowedIndicator implements HealthIndicator {

	private final FoundCheck check;

	private final CheckPolicy policy;

	private final BooleanSupplier isDown;

	private final Runnable onChange;

	private final HealthIndicator indicator;

	/**
	 * Create an indicator.
	 * @param check the check
	 * @param policy the policy by which it is run
	 * @param isDown whether the check is down at present
	 * @param onChange called if the dependency turns out to be missing or to be another
	 */
	FollowedIndicator(FoundCheck check, CheckPolicy policy, BooleanSupplier isDown, Runnable onChange) {
		this.check = check;
		this.policy = policy;
		this.isDown = isDown;
		this.onChange = onChange;
		this.indicator = create(check.candidate(), policy);
	}

	// What cannot be created is a failed check, and stops nothing else
	private static HealthIndicator create(CheckCandidate candidate, CheckPolicy policy) {
		try {
			HealthIndicator indicator = candidate.indicator().apply(policy);
			Assert.state(indicator != null, "there is no indicator");
			return indicator;
		}
		catch (RuntimeException ex) {
			return () -> {
				throw ex;
			};
		}
		catch (Error ex) {
			return () -> {
				throw ex;
			};
		}
	}

	@Override
	public @Nullable Health health() {
		Health health;
		try {
			health = this.indicator.health();
		}
		catch (RuntimeException | Error ex) {
			HealthIndicator substitute = findSubstitute();
			if (substitute == null) {
				throw ex;
			}
			return substitute.health();
		}
		HealthIndicator substitute = isFailed(health) ? findSubstitute() : null;
		return (substitute != null) ? substitute.health() : health;
	}

	private static boolean isFailed(@Nullable Health health) {
		return health == null || Status.DOWN.equals(health.getStatus())
				|| Status.OUT_OF_SERVICE.equals(health.getStatus());
	}

	// A dependency may be missing for a moment only, so that one that is down stays so
	private @Nullable HealthIndicator findSubstitute() {
		List<CheckCandidate> candidates = readCandidates();
		if (candidates == null || candidates.stream().anyMatch(this.check.candidate()::isSameDependency)) {
			return null;
		}
		this.onChange.run();
		for (CheckCandidate candidate : candidates) {
			if (candidate.name().equals(this.check.candidate().name())) {
				return create(candidate, this.policy);
			}
		}
		return this.isDown.getAsBoolean() ? null
				: () -> Health.unknown().withDetail("error", "no longer there").build();
	}

	// A source that cannot be read says nothing
	private @Nullable List<CheckCandidate> readCandidates() {
		try {
			return List.copyOf(this.check.source().candidates());
		}
		catch (RuntimeException | Error ex) {
			return null;
		}
	}

}
