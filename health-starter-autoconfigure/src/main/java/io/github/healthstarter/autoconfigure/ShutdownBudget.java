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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.text.DurationText;

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

	private static final Log logger = LogFactory.getLog(ShutdownBudget.class);

	private static final Duration BEANS = Duration.ofSeconds(5);

	/**
	 * Find out what an application has.
	 * @param properties what is configured under {@code health}
	 * @param environment what is configured besides
	 * @return the budget
	 */
	public static ShutdownBudget of(HealthProperties properties, Environment environment) {
		boolean graceful = !"immediate"
			.equalsIgnoreCase(EarlyProperty.find(environment, "server.shutdown", String.class));
		return new ShutdownBudget(properties.getDrain().settings(), graceful ? phase(environment) : Duration.ZERO,
				properties.getKubernetes().terminationGracePeriod(), environment.containsProperty(PROPERTY));
	}

	/**
	 * Return how long Spring lets a phase of the context's end take, as far as that is
	 * known.
	 * @param environment what is configured
	 * @return the time
	 */
	public static Duration phase(Environment environment) {
		Duration phase = EarlyProperty.find(environment, "spring.lifecycle.timeout-per-shutdown-phase", Duration.class);
		return (phase != null) ? phase : Duration.ofSeconds(30);
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
		// Dividing a duration would load BigDecimal before there is a context
		Duration half = Duration.ofMillis(this.gracePeriod.toMillis() / 2);
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
		return DurationText.exact(this.configured.maxWait()) + " of 'health.drain.max-wait', "
				+ DurationText.exact(this.webServer) + " of 'spring.lifecycle.timeout-per-shutdown-phase', "
				+ DurationText.exact(BEANS) + " for beans";
	}

	/**
	 * Write a warning to the log if the process would be killed before its shutdown is
	 * over, with the lines for the manifest.
	 * @param environment the environment, which says on what platform the application
	 * runs
	 */
	public void warnIfTooLong(Environment environment) {
		boolean matters = this.isHeld || CloudPlatform.KUBERNETES.isActive(environment);
		if (matters && !fits()) {
			logger.warn(warning());
		}
	}

	boolean fits() {
		return total().compareTo(this.gracePeriod) <= 0;
	}

	String warning() {
		return "A shutdown may take " + DurationText.exact(total()) + " (" + parts() + "), which is more than '"
				+ PROPERTY + "' with the value '" + DurationText.exact(this.gracePeriod)
				+ "'. In the pod's manifest: terminationGracePeriodSeconds: " + neededSeconds()
				+ ", and for the application: " + PROPERTY + "=" + neededSeconds() + "s";
	}

}
