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

package io.github.healthstarter.health;

import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckListener;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.mode.ModeController;

/**
 * What decides about the state of the instance.
 *
 * @param lifecycle where the application is in its life
 * @param liveness whether the process is alive
 * @param checks whether its dependencies are usable
 * @param modes what an operator has asked for
 */
public record HealthSources(Lifecycle lifecycle, LivenessMonitor liveness, CheckEngine checks, ModeController modes) {

	void onChange(Runnable listener) {
		this.lifecycle.addListener(listener);
		this.liveness.addListener(listener);
		this.modes.addListener((before, after) -> listener.run());
		this.checks.addListener(new CheckListener() {

			@Override
			public void onStart() {
				listener.run();
			}

			@Override
			public void onResult(CheckState before, CheckState after) {
				listener.run();
			}

		});
	}

}
