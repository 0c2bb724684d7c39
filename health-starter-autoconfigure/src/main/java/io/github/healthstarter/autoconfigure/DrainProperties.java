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

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.text.DurationText;

/**
 * What a drain waits for.
 *
 * @param minWait How long a drain lasts in any case.
 * @param maxWait How long a drain lasts at the most.
 * @param quietPeriod How long no new request may have come before a drain is over.
 * @param observedFailures How often each prober must have seen that the instance is not
 * ready.
 * @param envoyHeaders Whether answers during a drain carry
 * x-envoy-immediate-health-check-fail.
 * @param preStopPath Path on which a GET begins a drain and is answered when it is over.
 * For the preStop hook of Kubernetes.
 * @param abortStartupAfter How long a process that is asked to end may go on building its
 * context.
 * @param terminationMessagePath File that gets the summary of a shutdown, where it
 * exists.
 */
public record DrainProperties(@DefaultValue("0s") Duration minWait, @DefaultValue("15s") Duration maxWait,
		@DefaultValue("1s") Duration quietPeriod, @DefaultValue("3") int observedFailures,
		@DefaultValue("false") boolean envoyHeaders, @Nullable String preStopPath,
		@DefaultValue("3s") Duration abortStartupAfter,
		@DefaultValue("/dev/termination-log") Path terminationMessagePath) {

	static final DrainProperties DEFAULT = new DrainProperties(Duration.ZERO, Duration.ofSeconds(15),
			Duration.ofSeconds(1), 3, false, null, Duration.ofSeconds(3), Path.of("/dev/termination-log"));

	public DrainProperties {
		preStopPath = StringUtils.hasText(preStopPath) ? preStopPath : null;
		PropertyRules.notNegative("health.drain.min-wait", minWait);
		PropertyRules.notNegative("health.drain.max-wait", maxWait);
		PropertyRules.notNegative("health.drain.quiet-period", quietPeriod);
		PropertyRules.notNegative("health.drain.abort-startup-after", abortStartupAfter);
		if (observedFailures < 0) {
			throw new InvalidPropertyException("health.drain.observed-failures", observedFailures, "is negative.",
					"Set it to 0 or more.");
		}
		if (maxWait.compareTo(minWait) < 0) {
			throw new InvalidPropertyException("health.drain.max-wait", DurationText.exact(maxWait),
					"is below 'health.drain.min-wait' with the value '" + DurationText.exact(minWait) + "'.",
					"Raise 'health.drain.max-wait' to at least " + DurationText.exact(minWait)
							+ " or lower 'health.drain.min-wait'.");
		}
	}

	/**
	 * Return the settings of the drain.
	 * @return the settings
	 */
	public DrainSettings settings() {
		return new DrainSettings(this.minWait, this.maxWait, this.quietPeriod, this.observedFailures);
	}

}
