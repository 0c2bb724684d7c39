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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.indicator.jdbc.ValidationSettings;
import io.github.healthstarter.indicator.redis.RedisValidation;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.mode.ModeRequest;
import io.github.healthstarter.server.ProbeServerSettings;

/**
 * What an application configures under {@code health}.
 *
 * @param enabled Whether probes, checks, drain and metrics are set up at all.
 * @param liveness the liveness probe
 * @param readiness the readiness probe
 * @param startup the startup probe
 * @param checkDefaults how checks are run unless said otherwise
 * @param checks Settings of single checks, by their name.
 * @param jdbc how databases are validated
 * @param redis how Redis is validated
 * @param drain what a drain waits for
 * @param access who may ask, and who is told everything
 * @param maintenance the mode to start in, and the gate
 * @param server the probe server
 * @param kubernetes what Kubernetes has been told about the application
 * @param reload what asks for a reload
 * @param systemd what systemd is told
 */
@ConfigurationProperties("health")
public record HealthProperties(@DefaultValue("true") boolean enabled, @DefaultValue Liveness liveness,
		@DefaultValue Readiness readiness, @DefaultValue Startup startup,
		@NestedConfigurationProperty @DefaultValue CheckDefaults checkDefaults,
		@DefaultValue Map<String, CheckProperties> checks,
		@NestedConfigurationProperty @DefaultValue JdbcProperties jdbc,
		@NestedConfigurationProperty @DefaultValue RedisProperties redis,
		@NestedConfigurationProperty @DefaultValue DrainProperties drain,
		@NestedConfigurationProperty @DefaultValue AccessProperties access,
		@NestedConfigurationProperty @DefaultValue MaintenanceProperties maintenance,
		@NestedConfigurationProperty @DefaultValue ServerProperties server,
		@NestedConfigurationProperty @DefaultValue KubernetesProperties kubernetes,
		@NestedConfigurationProperty @DefaultValue ReloadProperties reload,
		@NestedConfigurationProperty @DefaultValue SystemdProperties systemd) {

	public HealthProperties {
		checks = Map.copyOf(checks);
		checks.forEach((name, check) -> check.validate("health.checks." + name));
		PathValidation.validate(liveness, readiness, startup, drain.preStopPath());
	}

	/**
	 * Return the policy of a check of which nothing else is known.
	 * @param impact the impact unless configured otherwise
	 * @return the policy
	 */
	public CheckPolicy defaultPolicy(Impact impact) {
		return this.checkDefaults.policy(impact);
	}

	/**
	 * Return the policy of a check.
	 * @param configured the name under {@code health.checks}, {@code null} where there is
	 * none for it
	 * @param defaults the default policy
	 * @param customized what the application's code makes of that, {@code null} where the
	 * check is not to be run
	 * @return the policy, {@code null} where the check is not to be run
	 */
	public @Nullable CheckPolicy checkPolicy(@Nullable String configured, CheckPolicy defaults,
			@Nullable CheckPolicy customized) {
		CheckProperties check = (configured != null) ? this.checks.get(configured) : null;
		return (check != null) ? check.applyTo(defaults, customized) : customized;
	}

	/**
	 * Return how databases are validated.
	 * @return the settings
	 */
	public ValidationSettings jdbcValidation() {
		return this.jdbc.settings();
	}

	/**
	 * Return how Redis is validated.
	 * @return the settings
	 */
	public RedisValidation redisValidation() {
		return this.redis.settings();
	}

	/**
	 * Return the settings of the instance.
	 * @param budget the time that a shutdown has
	 * @return the settings
	 */
	public InstanceSettings settings(ShutdownBudget budget) {
		return new InstanceSettings(this.access.rules(), budget.drain(), this.drain.envoyHeaders(),
				this.drain.terminationMessagePath(), this.startup.awaitChecks(),
				this.liveness.signals().deadlock().enabled());
	}

	/**
	 * Return what a drain waits for.
	 * @return the settings
	 */
	public DrainSettings drainSettings() {
		return this.drain.settings();
	}

	/**
	 * Return how long the process may take to end once it has been asked to.
	 * @return the time, above zero
	 */
	public Duration terminationGracePeriod() {
		return this.kubernetes.terminationGracePeriod();
	}

	/**
	 * Return how long a process that is asked to end may go on building its context.
	 * @return the time, zero or more
	 */
	public Duration abortStartupAfter() {
		return this.drain.abortStartupAfter();
	}

	/**
	 * Return where a {@code GET} begins a drain.
	 * @return the path, {@code null} for nowhere
	 */
	public @Nullable String preStopPath() {
		return this.drain.preStopPath();
	}

	/**
	 * Return the mode to start in.
	 * @param now the time
	 * @return the request to enter it
	 */
	public ModeRequest modeAtStart(Instant now) {
		return this.maintenance.atStart(now);
	}

	/**
	 * Return the paths of each probe.
	 * @return the paths, its main path first
	 */
	public Map<Probe, List<String>> probePaths() {
		return Map.of(Probe.LIVENESS, join(this.liveness.path(), this.liveness.additionalPaths()), Probe.READINESS,
				join(this.readiness.path(), this.readiness.additionalPaths()), Probe.STARTUP,
				join(this.startup.path(), this.startup.additionalPaths()));
	}

	private static List<String> join(String path, List<String> additionalPaths) {
		return Stream.concat(Stream.of(path), additionalPaths.stream()).toList();
	}

	/**
	 * Return where the probe server listens, and what it bears.
	 * @return the settings, {@code null} where there is to be none
	 */
	public @Nullable ProbeServerSettings probeServer() {
		return this.server.settings();
	}

	/**
	 * Return the name of the SSL bundle with the probe server's certificate.
	 * @return the name, {@code null} where its connections are not encrypted
	 */
	public @Nullable String probeServerBundle() {
		return this.server.ssl().bundle();
	}

	/**
	 * Whether the probe server answers with the Prometheus scrape.
	 * @return {@code true} where it does
	 */
	public boolean serverMetrics() {
		return this.server.metrics();
	}

	/**
	 * The liveness probe.
	 *
	 * @param path Path of the liveness probe.
	 * @param additionalPaths Further paths on which the liveness probe answers.
	 * @param signals the signals that decide about liveness
	 */
	public record Liveness(@DefaultValue("/healthz") String path, @DefaultValue List<String> additionalPaths,
			@DefaultValue Signals signals) {

	}

	/**
	 * The liveness signals.
	 *
	 * @param deadlock the search for deadlocked threads
	 * @param requestExecutor the look at the threads that serve requests
	 */
	public record Signals(@DefaultValue Deadlock deadlock, @DefaultValue RequestExecutor requestExecutor) {

	}

	/**
	 * The search for deadlocked threads.
	 *
	 * @param enabled Whether deadlocked threads make the liveness probe fail.
	 */
	public record Deadlock(@DefaultValue("true") boolean enabled) {

	}

	/**
	 * The look at the threads that serve requests.
	 *
	 * @param enabled Whether the liveness probe fails where no thread of the web server
	 * has been free for too long.
	 * @param stuckAfter How long that is.
	 */
	public record RequestExecutor(@DefaultValue("false") boolean enabled, @DefaultValue("60s") Duration stuckAfter) {

		public RequestExecutor {
			PropertyRules.positive("health.liveness.signals.request-executor.stuck-after", stuckAfter);
		}

	}

	/**
	 * The readiness probe.
	 *
	 * @param path Path of the readiness probe. Single checks answer below it.
	 * @param additionalPaths Further paths on which the readiness probe answers.
	 */
	public record Readiness(@DefaultValue("/readyz") String path, @DefaultValue List<String> additionalPaths) {

	}

	/**
	 * The startup probe.
	 *
	 * @param path Path of the startup probe.
	 * @param additionalPaths Further paths on which the startup probe answers.
	 * @param awaitChecks Whether startup is complete only when every required check has
	 * passed once.
	 */
	public record Startup(@DefaultValue("/startupz") String path, @DefaultValue List<String> additionalPaths,
			@DefaultValue("true") boolean awaitChecks) {

	}

}
