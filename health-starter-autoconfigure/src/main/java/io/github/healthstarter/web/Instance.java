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

package io.github.healthstarter.web;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.ProbeCounters;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.traffic.Traffic;

/**
 * The instance that answers tell of.
 *
 * @param service the application
 * @param health its health
 * @param drain its drain
 * @param traffic what comes in, told who asks for readiness
 * @param counters counts the answers to probes
 * @param modes what an operator may ask for
 * @param startup how far the start has come
 */
public record Instance(ServiceInfo service, HealthMonitor health, DrainController drain, Traffic traffic,
		ProbeCounters counters, ModeController modes, StartupProgress startup) {

}
