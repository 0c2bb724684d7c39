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
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;

/**
 * How checks are run unless said otherwise.
 *
 * @param interval Time from one result of a check to its next run.
 * @param informationalInterval Time from one result of an informational check to its next
 * run.
 * @param retryInterval Time to the next run while a check is not passing; the interval
 * counts if it is shorter. Informational checks are not run earlier for failing.
 * @param timeout How long a run may take; the very first run of a check has at least 10s.
 * @param failureThreshold How many consecutive failures turn a check down that passes.
 * The first one is confirmed by a second run at once; that of an informational check
 * counts.
 * @param successThreshold How many consecutive successes turn a check up.
 * @param interruptOnTimeout Whether the thread of a run that has timed out is
 * interrupted.
 * @param failOpenAfter How long a required check may be down before it only degrades the
 * instance; never unless set.
 */
public record CheckDefaults(@DefaultValue("5s") Duration interval, @DefaultValue("1m") Duration informationalInterval,
		@DefaultValue("1s") Duration retryInterval, @DefaultValue("2s") Duration timeout,
		@DefaultValue("2") int failureThreshold, @DefaultValue("1") int successThreshold,
		@DefaultValue("true") boolean interruptOnTimeout, @Nullable Duration failOpenAfter) {

	static final CheckDefaults DEFAULT = new CheckDefaults(Duration.ofSeconds(5), Duration.ofMinutes(1),
			Duration.ofSeconds(1), Duration.ofSeconds(2), 2, 1, true, null);

	public CheckDefaults {
		String prefix = "health.check-defaults";
		PropertyRules.positive(prefix + ".interval", interval);
		PropertyRules.positive(prefix + ".informational-interval", informationalInterval);
		PropertyRules.positive(prefix + ".retry-interval", retryInterval);
		PropertyRules.positive(prefix + ".timeout", timeout);
		PropertyRules.atLeastOne(prefix + ".failure-threshold", failureThreshold);
		PropertyRules.atLeastOne(prefix + ".success-threshold", successThreshold);
		PropertyRules.positive(prefix + ".fail-open-after", failOpenAfter);
	}

	/**
	 * Return the policy of a check that is not configured by name.
	 * @param impact its impact
	 * @return the policy
	 */
	public CheckPolicy policy(Impact impact) {
		Duration interval = (impact == Impact.INFORMATIONAL) ? this.informationalInterval : this.interval;
		return new CheckPolicy(impact, interval, this.retryInterval, this.timeout, this.failureThreshold,
				this.successThreshold, this.interruptOnTimeout, this.failOpenAfter);
	}

}
