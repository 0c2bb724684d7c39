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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.Assert;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckPolicy;

/**
 * Health indicator of a dependency that comes and goes. A failure counts only if the
 * dependency is still there: one that has been replaced is checked instead, and one that
 * has gone is unknown.
 */
final class FollowedIndicator implements HealthIndicator {

	private final FoundCheck check;

	private final CheckPolicy policy;

	private final Runnable onChange;

	private final HealthIndicator indicator;

	/**
	 * Create an indicator.
	 * @param check the check
	 * @param policy the policy by which it is run
	 * @param onChange called if the dependency turns out to have gone or to be another
	 */
	FollowedIndicator(FoundCheck check, CheckPolicy policy, Runnable onChange) {
		this.check = check;
		this.policy = policy;
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
		try {
			Health health = this.indicator.health();
			boolean failed = health == null || Status.DOWN.equals(health.getStatus())
					|| Status.OUT_OF_SERVICE.equals(health.getStatus());
			return (failed && isGone()) ? healthOfSuccessor() : health;
		}
		catch (RuntimeException | Error ex) {
			if (isGone()) {
				return healthOfSuccessor();
			}
			throw ex;
		}
	}

	// A source that cannot be read says nothing
	private boolean isGone() {
		try {
			return this.check.source().candidates().stream().noneMatch(this.check.candidate()::isSameDependency);
		}
		catch (RuntimeException | Error ex) {
			return false;
		}
	}

	private @Nullable Health healthOfSuccessor() {
		this.onChange.run();
		for (CheckCandidate candidate : this.check.source().candidates()) {
			if (candidate.name().equals(this.check.candidate().name())) {
				return create(candidate, this.policy).health();
			}
		}
		return Health.unknown().withDetail("error", "no longer there").build();
	}

}
