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

package io.github.healthstarter.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.drain.DrainSummary;

/**
 * The meter of drains.
 */
final class DrainMetrics implements DrainListener {

	private final MeterRegistry registry;

	/**
	 * Create the meter.
	 * @param registry where it is registered
	 */
	DrainMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void onEnded(DrainSummary summary) {
		Timer.builder("health.drain.duration")
			.description("Duration of the waiting of drains")
			.tags("trigger", summary.trigger().label(), "outcome", summary.outcome().label())
			.register(this.registry)
			.record(summary.waited());
	}

}
