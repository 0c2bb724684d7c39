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

package io.github.healthstarter.body;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.mode.Mode;
import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.startup.StartupState;
import io.github.healthstarter.traffic.TrafficSummary;

/**
 * Body of the whole instance, for trusted callers.
 */
public final class InstanceBody {

	private final HealthInstance instance;

	/**
	 * Create a body.
	 * @param instance the instance, which describes the application and its start
	 */
	public InstanceBody(HealthInstance instance) {
		this.instance = instance;
	}

	/**
	 * Return the body.
	 * @param snapshot the snapshot
	 * @param traffic the summary of the traffic
	 * @param drain the progress of the drain, {@code null} if there is none
	 * @return the body, which may be changed
	 */
	public Map<String, Object> of(HealthSnapshot snapshot, TrafficSummary traffic, @Nullable DrainProgress drain) {
		LifecycleState lifecycle = snapshot.lifecycle();
		Map<String, Object> body = StateBody.of(snapshot);
		BodyValues.put(body, "reason", snapshot.reason());
		body.put("since", BodyValues.time(snapshot.since()));
		body.put("service", service(lifecycle));
		body.put("traffic", traffic(traffic));
		if (isStarting(snapshot)) {
			body.put("progress", progress(snapshot));
		}
		if (drain != null) {
			body.put("drain", DrainBody.of(drain, true));
		}
		if (snapshot.mode().mode() != Mode.NORMAL) {
			body.put("maintenance", ModeBody.of(snapshot.mode(), true));
		}
		Map<String, Object> components = new LinkedHashMap<>();
		snapshot.checks().states().forEach((check) -> components.put(check.name(), CheckBody.of(check)));
		body.put("components", components);
		return body;
	}

	private static boolean isStarting(HealthSnapshot snapshot) {
		return switch (snapshot.lifecycle().phase()) {
			case STARTING, RUNNING -> !snapshot.startOver();
			case DRAINING, STOPPING, FAILED -> false;
		};
	}

	private Map<String, Object> service(LifecycleState lifecycle) {
		ServiceInfo info = this.instance.service();
		Map<String, Object> service = new LinkedHashMap<>();
		BodyValues.put(service, "name", info.name());
		BodyValues.put(service, "version", info.version());
		BodyValues.put(service, "commit", info.commit());
		BodyValues.put(service, "instance", info.instance());
		if (lifecycle.startup() != null) {
			service.put("startedAt", BodyValues.time(lifecycle.startup().at()));
		}
		return service;
	}

	private Map<String, Object> progress(HealthSnapshot snapshot) {
		return snapshot.lifecycle().isReady() ? checking(snapshot) : building(this.instance.startup().state());
	}

	private static Map<String, Object> building(StartupState startup) {
		Map<String, Object> progress = new LinkedHashMap<>();
		progress.put("phase", startup.phase().label());
		if (startup.current() != null) {
			progress.put("detail",
					"waiting for '" + startup.current() + "' for " + startup.currentFor().toSeconds() + "s");
		}
		progress.put("done", startup.made());
		progress.put("total", startup.expected());
		progress.put("slowestBeans", slowest(startup));
		return progress;
	}

	/**
	 * Return the body of a start that is complete.
	 * @param snapshot the snapshot
	 * @return its duration, and the slowest beans
	 */
	public Map<String, Object> startup(HealthSnapshot snapshot) {
		Map<String, Object> body = new LinkedHashMap<>();
		LifecycleState.Startup startup = snapshot.lifecycle().startup();
		BodyValues.put(body, "durationMillis", (startup != null) ? startup.duration().toMillis() : null);
		body.put("slowestBeans", slowest(this.instance.startup().state()));
		return body;
	}

	private static List<Map<String, Object>> slowest(StartupState startup) {
		return startup.slowest().stream().map((bean) -> {
			Map<String, Object> body = new LinkedHashMap<>();
			body.put("name", bean.name());
			body.put("millis", BodyValues.millis(bean.duration()));
			return body;
		}).toList();
	}

	private static Map<String, Object> checking(HealthSnapshot snapshot) {
		List<CheckState> required = snapshot.checks()
			.states()
			.stream()
			.filter((check) -> check.policy().impact() == Impact.REQUIRED)
			.toList();
		List<CheckState> pending = required.stream().filter((check) -> check.status() == CheckStatus.PENDING).toList();
		Map<String, Object> progress = new LinkedHashMap<>();
		progress.put("phase", StartupPhase.CHECKS.label());
		if (!pending.isEmpty()) {
			progress.put("detail", "waiting for " + String.join(", ", pending.stream().map(CheckState::name).toList()));
		}
		progress.put("done", required.size() - pending.size());
		progress.put("total", required.size());
		return progress;
	}

	private static Map<String, Object> traffic(TrafficSummary summary) {
		Map<String, Object> traffic = new LinkedHashMap<>();
		traffic.put("inFlight", summary.inFlight());
		traffic.put("perSecond", Math.round(summary.perSecond() * 100) / 100.0);
		BodyValues.put(traffic, "meanMillis", (summary.mean() != null) ? BodyValues.millis(summary.mean()) : null);
		BodyValues.put(traffic, "p99Millis", (summary.p99() != null) ? BodyValues.millis(summary.p99()) : null);
		return traffic;
	}

}
