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

package io.github.healthstarter.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;

/**
 * Settings of a single check; what is left out is as in {@code health.check-defaults}.
 *
 * @param enabled Whether the check is run at all; it is, unless code says otherwise.
 * @param impact What a failure does: required, degrading or informational.
 * @param interval Time from one result to the next run; by default that of the impact.
 * @param retryInterval Time to the next run while the check is not passing; the interval
 * counts where that is shorter.
 * @param timeout How long a run may take.
 * @param failureThreshold How many consecutive failures turn the check down if it passes.
 * @param successThreshold How many consecutive successes turn the check up.
 * @param interruptOnTimeout Whether the thread of a run that has timed out is
 * interrupted.
 * @param failOpenAfter How long a required check may be down before it only degrades the
 * instance; never unless set.
 */
public record CheckProperties(@Nullable Boolean enabled, @Nullable Impact impact, @Nullable Duration interval,
		@Nullable Duration retryInterval, @Nullable Duration timeout, @Nullable Integer failureThreshold,
		@Nullable Integer successThreshold, @Nullable Boolean interruptOnTimeout, @Nullable Duration failOpenAfter) {

	void validate(String prefix) {
		PropertyRules.positive(prefix + ".interval", this.interval);
		PropertyRules.positive(prefix + ".retry-interval", this.retryInterval);
		PropertyRules.positive(prefix + ".timeout", this.timeout);
		PropertyRules.atLeastOne(prefix + ".failure-threshold", this.failureThreshold);
		PropertyRules.atLeastOne(prefix + ".success-threshold", this.successThreshold);
		PropertyRules.positive(prefix + ".fail-open-after", this.failOpenAfter);
	}

	/**
	 * Return the policy that these settings make of others.
	 * @param defaults the default
	 * @param customized what the application's code makes of it, {@code null} where that
	 * does not want the check to be run
	 * @return the policy, {@code null} where the check is not to be run
	 */
	@Nullable CheckPolicy applyTo(CheckPolicy defaults, @Nullable CheckPolicy customized) {
		if (!PropertyRules.orElse(this.enabled, customized != null)) {
			return null;
		}
		return applyTo((customized != null) ? customized : defaults);
	}

	private CheckPolicy applyTo(CheckPolicy policy) {
		return new CheckPolicy(PropertyRules.orElse(this.impact, policy.impact()),
				PropertyRules.orElse(this.interval, policy.interval()),
				PropertyRules.orElse(this.retryInterval, policy.retryInterval()),
				PropertyRules.orElse(this.timeout, policy.timeout()),
				PropertyRules.orElse(this.failureThreshold, policy.failureThreshold()),
				PropertyRules.orElse(this.successThreshold, policy.successThreshold()),
				PropertyRules.orElse(this.interruptOnTimeout, policy.interruptOnTimeout()),
				(this.failOpenAfter != null) ? this.failOpenAfter : policy.failOpenAfter());
	}

}
