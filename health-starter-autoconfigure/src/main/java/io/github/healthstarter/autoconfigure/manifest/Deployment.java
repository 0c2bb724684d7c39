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

package io.github.healthstarter.autoconfigure.manifest;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.autoconfigure.ShutdownBudget;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.server.ProbeServerSettings;
import io.github.healthstarter.text.DurationText;

/**
 * What manifests say of an application: where it answers, and numbers that fit its
 * configuration.
 *
 * @param name the application's name
 * @param budget how long its shutdown may take
 * @param application where it answers itself, {@code null} where it does not
 * @param probeServer where its probe server answers, {@code null} where it has none
 * @param paths the paths of its probes
 * @param preStopPath where a hook begins a drain, {@code null} for nowhere
 */
record Deployment(String name, ShutdownBudget budget, @Nullable Endpoint application, @Nullable Endpoint probeServer,
		Map<Probe, String> paths, @Nullable String preStopPath) {

	/**
	 * How often startup is asked.
	 */
	static final int START_PERIOD_SECONDS = 2;

	/**
	 * How long a start may take.
	 */
	static final int START_SECONDS = 180;

	private static final Duration USUAL_MIN_WAIT = Duration.ofSeconds(5);

	private static final int LONGEST_PERIOD_SECONDS = 10;

	static Deployment of(SpringApplication application, ConfigurableEnvironment environment) {
		HealthProperties properties = HealthProperties.bind(environment);
		if (!properties.isEnabled()) {
			throw new InvalidPropertyException("health.enabled", false, "leaves nothing that a manifest could ask.",
					"Set it to true, or leave it out.");
		}
		ProbeServerSettings settings = properties.getServer().settings();
		Endpoint probeServer = (settings != null)
				? new Endpoint(settings.port(), "", properties.getServer().ssl().bundle() != null) : null;
		Map<Probe, String> paths = new EnumMap<>(Probe.class);
		properties.probePaths().forEach((probe, all) -> paths.put(probe, all.get(0)));
		return new Deployment(environment.getProperty("spring.application.name", "app"),
				ShutdownBudget.of(properties, environment), Endpoint.ofApplication(application, environment),
				probeServer, paths, properties.getDrain().preStopPath());
	}

	/**
	 * Return the name as containers and files are called.
	 * @return lower-case letters, digits and dashes
	 */
	String label() {
		String label = this.name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
		return label.isEmpty() ? "app" : label;
	}

	/**
	 * Return how long the process may take to end.
	 * @return whole seconds, enough for everything
	 */
	long gracePeriodSeconds() {
		return Math.max(this.budget.neededSeconds(), this.budget.gracePeriod().toSeconds());
	}

	/**
	 * Return how often readiness is asked, so that the failures that a drain waits for
	 * are seen within its longest wait, with a period before the first and one to spare.
	 * @return whole seconds
	 */
	long readinessPeriodSeconds() {
		DrainSettings drain = this.budget.configured();
		long period = drain.maxWait().toSeconds() / (drain.observedFailures() + 2);
		return Math.min(Math.max(period, 1), LONGEST_PERIOD_SECONDS);
	}

	/**
	 * Whether the failures that a drain waits for can be seen within its longest wait.
	 * @return {@code false} where even a period of a second is too long for that
	 */
	boolean isSeen() {
		DrainSettings drain = this.budget.configured();
		return drain.observedFailures() == 0 || drain.maxWait().toSeconds() > drain.observedFailures();
	}

	/**
	 * Return how long a drain lasts in any case, where removal from a balancer cannot be
	 * observed.
	 * @return what is configured, otherwise what usually suffices
	 */
	String minWait() {
		DrainSettings drain = this.budget.configured();
		Duration usual = (drain.maxWait().compareTo(USUAL_MIN_WAIT) < 0) ? drain.maxWait() : USUAL_MIN_WAIT;
		Duration wait = drain.minWait().isZero() ? usual : drain.minWait();
		return DurationText.exact(wait);
	}

	/**
	 * Return where probes are asked.
	 * @return the probe server, otherwise the application itself
	 */
	Endpoint probed() {
		Endpoint probed = (this.probeServer != null) ? this.probeServer : this.application;
		if (probed == null) {
			throw new InvalidPropertyException(
					"The application has neither a web server nor a probe server, so there is no port to be asked.",
					"Set 'health.server.port', such as 8081.");
		}
		return probed;
	}

	/**
	 * Return the path of a probe where probes are asked.
	 * @param probe the probe
	 * @return the whole path
	 */
	String path(Probe probe) {
		return probed().basePath() + Objects.requireNonNull(this.paths.get(probe));
	}

}
