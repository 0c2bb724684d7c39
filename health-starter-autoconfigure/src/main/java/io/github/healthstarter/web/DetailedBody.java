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

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.check.CheckRun;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckTransition;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.ParticipantProgress;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.mode.Mode;
import io.github.healthstarter.mode.ModeState;
import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.startup.StartupState;
import io.github.healthstarter.traffic.TrafficSummary;

/**
 * The body that a trusted caller gets, as a tree of maps, lists and plain values.
 */
final class DetailedBody {

	private final ServiceInfo service;

	private final StartupProgress startup;

	DetailedBody(ServiceInfo service, StartupProgress startup) {
		this.service = service;
		this.startup = startup;
	}

	Map<String, Object> of(HealthSnapshot snapshot, TrafficSummary traffic, @Nullable DrainProgress drain) {
		LifecycleState lifecycle = snapshot.lifecycle();
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("status", snapshot.state().status());
		body.put("state", snapshot.state().label());
		put(body, "reason", snapshot.reason());
		body.put("since", time(snapshot.since()));
		body.put("service", service(lifecycle));
		body.put("traffic", traffic(traffic));
		if (lifecycle.phase() == LifecyclePhase.STARTING && !snapshot.started()) {
			body.put("progress", progress(snapshot));
		}
		if (drain != null) {
			body.put("drain", drain(drain));
		}
		if (snapshot.mode().mode() != Mode.NORMAL) {
			body.put("maintenance", mode(snapshot.mode()));
		}
		Map<String, Object> components = new LinkedHashMap<>();
		snapshot.checks().states().forEach((check) -> components.put(check.name(), component(check)));
		body.put("components", components);
		return body;
	}

	private Map<String, Object> service(LifecycleState lifecycle) {
		Map<String, Object> service = new LinkedHashMap<>();
		put(service, "name", this.service.name());
		put(service, "version", this.service.version());
		put(service, "commit", this.service.commit());
		put(service, "instance", this.service.instance());
		if (lifecycle.startup() != null) {
			service.put("startedAt", time(lifecycle.startup().at()));
		}
		return service;
	}

	private Map<String, Object> progress(HealthSnapshot snapshot) {
		return snapshot.lifecycle().runnersDone() ? checking(snapshot) : building(this.startup.state());
	}

	private static Map<String, Object> building(StartupState startup) {
		Map<String, Object> progress = new LinkedHashMap<>();
		progress.put("phase", startup.phase().label());
		if (startup.bean() != null) {
			progress.put("detail", "waiting for '" + startup.bean() + "' for " + startup.beanFor().toSeconds() + "s");
		}
		progress.put("done", startup.made());
		progress.put("total", startup.expected());
		progress.put("slowestBeans", slowest(startup));
		return progress;
	}

	/**
	 * Return what a start that is complete has cost.
	 * @param snapshot the picture of the instance
	 * @return how long it took, and the beans that took longest
	 */
	Map<String, Object> startup(HealthSnapshot snapshot) {
		Map<String, Object> body = new LinkedHashMap<>();
		LifecycleState.Startup startup = snapshot.lifecycle().startup();
		put(body, "durationMillis", (startup != null) ? startup.duration().toMillis() : null);
		body.put("slowestBeans", slowest(this.startup.state()));
		return body;
	}

	private static List<Map<String, Object>> slowest(StartupState startup) {
		return startup.slowest().stream().map((bean) -> {
			Map<String, Object> body = new LinkedHashMap<>();
			body.put("name", bean.name());
			body.put("millis", millis(bean.duration()));
			return body;
		}).toList();
	}

	private static Map<String, Object> checking(HealthSnapshot snapshot) {
		List<CheckState> required = snapshot.checks()
			.states()
			.stream()
			.filter((check) -> check.policy().impact() == Impact.REQUIRED)
			.toList();
		List<CheckState> pending = required.stream().filter((check) -> !check.everPassed()).toList();
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
		put(traffic, "meanMillis", (summary.mean() != null) ? millis(summary.mean()) : null);
		put(traffic, "p99Millis", (summary.p99() != null) ? millis(summary.p99()) : null);
		return traffic;
	}

	static Map<String, Object> component(CheckState check) {
		Map<String, Object> component = new LinkedHashMap<>();
		component.put("status", check.status().code());
		component.put("impact", check.policy().impact().label());
		CheckRun run = check.lastRun();
		put(component, "error", check.error());
		if (run != null) {
			if (run.outcome().isCompleted()) {
				component.put("latencyMillis", millis(run.duration()));
			}
			component.put("checkedAt", time(run.at()));
		}
		component.put("since", time(check.since()));
		if (check.consecutiveFailures() > 0) {
			component.put("consecutiveFailures", check.consecutiveFailures());
		}
		if (check.history().isFlapping()) {
			component.put("flapping", true);
		}
		if (run != null && !run.details().isEmpty()) {
			component.put("details", run.details());
		}
		return component;
	}

	static Map<String, Object> check(CheckState check) {
		Map<String, Object> body = component(check);
		body.put("history", check.history().transitions().stream().map(DetailedBody::transition).toList());
		return body;
	}

	private static Map<String, Object> transition(CheckTransition transition) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("at", time(transition.at()));
		body.put("from", transition.from().name());
		body.put("to", transition.to().name());
		put(body, "reason", transition.reason());
		body.put("lastedMillis", transition.lasted().toMillis());
		return body;
	}

	static Map<String, Object> drain(DrainProgress progress) {
		Map<String, Object> drain = new LinkedHashMap<>();
		drain.put("trigger", progress.trigger().label());
		drain.put("startedAt", time(progress.startedAt()));
		drain.put("elapsedMillis", progress.elapsed().toMillis());
		drain.put("inFlight", progress.inFlight());
		if (!progress.participants().isEmpty()) {
			drain.put("participants", progress.participants().stream().map(DetailedBody::participant).toList());
		}
		drain.put("waitingFor", progress.waitingFor());
		put(drain, "outcome", (progress.outcome() != null) ? progress.outcome().label() : null);
		return drain;
	}

	private static Map<String, Object> participant(ParticipantProgress progress) {
		Map<String, Object> participant = new LinkedHashMap<>();
		participant.put("name", progress.name());
		put(participant, "inFlight", progress.inFlight());
		put(participant, "oldestMillis", (progress.oldestAge() != null) ? progress.oldestAge().toMillis() : null);
		put(participant, "failure", progress.failure());
		return participant;
	}

	static Map<String, Object> mode(ModeState state) {
		Map<String, Object> mode = new LinkedHashMap<>();
		mode.put("mode", state.mode().label());
		put(mode, "reason", state.reason());
		put(mode, "by", state.by());
		mode.put("since", time(state.since()));
		put(mode, "until", (state.until() != null) ? time(state.until()) : null);
		return mode;
	}

	static void put(Map<String, Object> map, String key, @Nullable Object value) {
		if (value != null) {
			map.put(key, value);
		}
	}

	static String time(Instant instant) {
		return instant.truncatedTo(ChronoUnit.MILLIS).toString();
	}

	static double millis(Duration duration) {
		return Math.round(duration.toNanos() / 100_000.0) / 10.0;
	}

}
