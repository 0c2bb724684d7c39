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

package io.github.healthstarter.testing;

import java.util.List;
import java.util.Map;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.web.HttpContract;

/**
 * Creates instances whose schedulers run on a manual time, and that have no liveness
 * signal of their own.
 */
public final class ManualInstance {

	private static final ServiceInfo SERVICE = new ServiceInfo("test", null, null, null);

	private ManualInstance() {
	}

	/**
	 * Creates an instance.
	 * @param time the time
	 * @param access who gets answers
	 * @param drain what a drain waits for
	 * @return the instance, which is starting
	 */
	public static HealthInstance create(ManualTime time, AccessRules access, DrainSettings drain) {
		return create(time, new InstanceSettings(access, drain, false, null, false, false));
	}

	/**
	 * Creates an instance.
	 * @param time the time
	 * @param settings the settings
	 * @return the instance, which is starting
	 */
	public static HealthInstance create(ManualTime time, InstanceSettings settings) {
		return new HealthInstance(settings, SERVICE, time, (name) -> new ManualScheduler(time));
	}

	/**
	 * Creates the contract of an instance, with the paths that hold by default.
	 * @param instance the instance
	 * @return the contract
	 */
	public static HttpContract contract(HealthInstance instance) {
		return HttpContract.of(instance, Map.of(Probe.LIVENESS, List.of("/healthz"), Probe.READINESS,
				List.of("/readyz"), Probe.STARTUP, List.of("/startupz")), null);
	}

}
