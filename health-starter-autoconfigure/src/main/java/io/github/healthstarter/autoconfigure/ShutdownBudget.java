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

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.github.healthstarter.drain.DrainSettings;

/**
 * How the time that a process has to end is shared by the drain, the web server and the
 * beans.
 *
 * @param configured what the drain waits for as far as it is configured
 * @param webServer how long the web server may wait for requests that are under way
 * @param gracePeriod how long the process may take to end
 * @param isHeld whether the application has said so itself; otherwise it is a guess,
 * which cuts nothing short
 */
public record ShutdownBudget(DrainSettings configured, Duration webServer, Duration gracePeriod, boolean isHeld) {

	/**
	 * The property that holds the grace period.
	 */
	public static final String PROPERTY = "health.kubernetes.termination-grace-period";

	private static final Duration BEANS = Duration.ofSeconds(5);

	/**
	 * Find out what an application has.
	 * @param properties what is configured under {@code health}
	 * @param environment what is configured besides
	 * @return the budget
	 */
	public static ShutdownBudget of(HealthProperties properties, Environment environment) {
		boolean graceful = !"immediate".equalsIgnoreCase(environment.getProperty("server.shutdown"));
		return new ShutdownBudget(properties.drainSettings(), graceful ? phase(environment) : Duration.ZERO,
				properties.terminationGracePeriod(), environment.containsProperty(PROPERTY));
	}

	/**
	 * Return how long Spring lets a phase of the context's end take.
	 * @param environment what is configured
	 * @return the time
	 */
	public static Duration phase(Environment environment) {
		return Binder.get(environment)
			.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
			.orElse(Duration.ofSeconds(30));
	}

	/**
	 * Return the budget for another drain.
	 * @param configured what the drain waits for
	 * @return the budget, all else as it is
	 */
	public ShutdownBudget with(DrainSettings configured) {
		return new ShutdownBudget(configured, this.webServer, this.gracePeriod, this.isHeld);
	}

	/**
	 * Whether everything fits into the grace period.
	 * @return {@code true} where it does
	 */
	public boolean fits() {
		return total().compareTo(this.gracePeriod) <= 0;
	}

	/**
	 * Return the grace period that everything fits into.
	 * @return whole seconds
	 */
	public long neededSeconds() {
		return total().plusSeconds(1).minusNanos(1).toSeconds();
	}

	private Duration total() {
		return this.configured.maxWait().plus(afterDrain());
	}

	private Duration afterDrain() {
		return this.webServer.plus(BEANS);
	}

	/**
	 * Return what the drain waits for, so that those who come after it have their time.
	 * Where not all of it fits, the drain has half of the grace period. Its shortest wait
	 * is kept in any case.
	 * @return the settings
	 */
	public DrainSettings drain() {
		Duration half = this.gracePeriod.dividedBy(2);
		Duration limit = longer(longer(this.gracePeriod.minus(afterDrain()), half), this.configured.minWait());
		boolean within = this.configured.maxWait().compareTo(limit) <= 0;
		return (within || !this.isHeld) ? this.configured : this.configured.withMaxWait(limit);
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

	/**
	 * Return what takes how long, in words.
	 * @return the parts of the time that is needed
	 */
	public String parts() {
		return PropertyRules.text(this.configured.maxWait()) + " of 'health.drain.max-wait', "
				+ PropertyRules.text(this.webServer) + " of 'spring.lifecycle.timeout-per-shutdown-phase', "
				+ PropertyRules.text(BEANS) + " for beans";
	}

	/**
	 * Return a warning that tells what to put into the manifest.
	 * @return the warning
	 */
	public String warning() {
		return "A shutdown may take " + PropertyRules.text(total()) + " (" + parts() + "), which is more than '"
				+ PROPERTY + "' with the value '" + PropertyRules.text(this.gracePeriod)
				+ "'. In the pod's manifest: terminationGracePeriodSeconds: " + neededSeconds()
				+ ", and for the application: " + PROPERTY + "=" + neededSeconds() + "s";
	}

}
