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

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.instance.InstanceSettings;

/**
 * Configuration properties under {@code health}. Not changed once they have been bound.
 */
// A bean, because Spring Boot then binds only those groups that have a property
@ConfigurationProperties("health")
public final class HealthProperties implements InitializingBean {

	/**
	 * Whether probes, checks, drain and metrics are set up at all.
	 */
	private boolean enabled = true;

	@NestedConfigurationProperty
	private LivenessProperties liveness = LivenessProperties.DEFAULT;

	@NestedConfigurationProperty
	private ReadinessProperties readiness = ReadinessProperties.DEFAULT;

	@NestedConfigurationProperty
	private StartupProperties startup = StartupProperties.DEFAULT;

	@NestedConfigurationProperty
	private CheckDefaults checkDefaults = CheckDefaults.DEFAULT;

	/**
	 * Settings of single checks, by their name.
	 */
	private Map<String, CheckProperties> checks = Map.of();

	@NestedConfigurationProperty
	private JdbcProperties jdbc = JdbcProperties.DEFAULT;

	@NestedConfigurationProperty
	private RedisProperties redis = RedisProperties.DEFAULT;

	@NestedConfigurationProperty
	private DrainProperties drain = DrainProperties.DEFAULT;

	@NestedConfigurationProperty
	private AccessProperties access = AccessProperties.DEFAULT;

	@NestedConfigurationProperty
	private MaintenanceProperties maintenance = MaintenanceProperties.DEFAULT;

	@NestedConfigurationProperty
	private ServerProperties server = ServerProperties.DEFAULT;

	@NestedConfigurationProperty
	private KubernetesProperties kubernetes = KubernetesProperties.DEFAULT;

	@NestedConfigurationProperty
	private ReloadProperties reload = ReloadProperties.DEFAULT;

	@NestedConfigurationProperty
	private SystemdProperties systemd = SystemdProperties.DEFAULT;

	/**
	 * Bind the properties of an environment.
	 * @param environment what is configured
	 * @return the properties
	 * @throws BindException if a value cannot be bound
	 * @throws InvalidPropertyException if values do not go together
	 */
	public static HealthProperties bind(Environment environment) {
		HealthProperties properties = Binder.get(environment).bindOrCreate("health", HealthProperties.class);
		properties.afterPropertiesSet();
		return properties;
	}

	@Override
	public void afterPropertiesSet() {
		this.checks.forEach((name, check) -> check.validate("health.checks." + name));
		PathValidation.validate(this.liveness, this.readiness, this.startup, this.drain.preStopPath());
	}

	/**
	 * Return the policy of a check: if its impact is set to another, that of the defaults
	 * of the other.
	 * @param configured the name under {@code health.checks}, {@code null} if there is
	 * none for it
	 * @param impact the impact unless another is set
	 * @param customizer returns the policy that the application's code makes of the
	 * defaults, {@code null} if the check is not to be run
	 * @return the policy, {@code null} if the check is not to be run
	 */
	public @Nullable CheckPolicy checkPolicy(@Nullable String configured, Impact impact,
			Function<CheckPolicy, @Nullable CheckPolicy> customizer) {
		CheckProperties check = (configured != null) ? this.checks.get(configured) : null;
		CheckPolicy policy = checkPolicy(check, impact, customizer);
		if (policy == null || policy.impact() == impact) {
			return policy;
		}
		CheckPolicy ofOther = checkPolicy(check, policy.impact(), customizer);
		return (ofOther != null) ? ofOther.withImpact(policy.impact()) : null;
	}

	private @Nullable CheckPolicy checkPolicy(@Nullable CheckProperties check, Impact impact,
			Function<CheckPolicy, @Nullable CheckPolicy> customizer) {
		CheckPolicy defaults = this.checkDefaults.policy(impact);
		CheckPolicy customized = customizer.apply(defaults);
		return (check != null) ? check.applyTo(defaults, customized) : customized;
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

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public LivenessProperties getLiveness() {
		return this.liveness;
	}

	public void setLiveness(LivenessProperties liveness) {
		this.liveness = liveness;
	}

	public ReadinessProperties getReadiness() {
		return this.readiness;
	}

	public void setReadiness(ReadinessProperties readiness) {
		this.readiness = readiness;
	}

	public StartupProperties getStartup() {
		return this.startup;
	}

	public void setStartup(StartupProperties startup) {
		this.startup = startup;
	}

	public CheckDefaults getCheckDefaults() {
		return this.checkDefaults;
	}

	public void setCheckDefaults(CheckDefaults checkDefaults) {
		this.checkDefaults = checkDefaults;
	}

	public Map<String, CheckProperties> getChecks() {
		return this.checks;
	}

	public void setChecks(Map<String, CheckProperties> checks) {
		this.checks = Map.copyOf(checks);
	}

	public JdbcProperties getJdbc() {
		return this.jdbc;
	}

	public void setJdbc(JdbcProperties jdbc) {
		this.jdbc = jdbc;
	}

	public RedisProperties getRedis() {
		return this.redis;
	}

	public void setRedis(RedisProperties redis) {
		this.redis = redis;
	}

	public DrainProperties getDrain() {
		return this.drain;
	}

	public void setDrain(DrainProperties drain) {
		this.drain = drain;
	}

	public AccessProperties getAccess() {
		return this.access;
	}

	public void setAccess(AccessProperties access) {
		this.access = access;
	}

	public MaintenanceProperties getMaintenance() {
		return this.maintenance;
	}

	public void setMaintenance(MaintenanceProperties maintenance) {
		this.maintenance = maintenance;
	}

	public ServerProperties getServer() {
		return this.server;
	}

	public void setServer(ServerProperties server) {
		this.server = server;
	}

	public KubernetesProperties getKubernetes() {
		return this.kubernetes;
	}

	public void setKubernetes(KubernetesProperties kubernetes) {
		this.kubernetes = kubernetes;
	}

	public ReloadProperties getReload() {
		return this.reload;
	}

	public void setReload(ReloadProperties reload) {
		this.reload = reload;
	}

	public SystemdProperties getSystemd() {
		return this.systemd;
	}

	public void setSystemd(SystemdProperties systemd) {
		this.systemd = systemd;
	}

}
