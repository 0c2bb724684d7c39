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

package io.github.healthstarter.autoconfigure.health;

import java.time.Duration;
import java.util.List;

import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSources;
import io.github.healthstarter.health.ProbeCounters;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.metrics.ScrapeRoute;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Traffic;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.Departure;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.Instance;
import io.github.healthstarter.web.Route;
import io.github.healthstarter.web.RouteFinder;
import io.github.healthstarter.web.Routes;

/**
 * The health of an application that has no context yet, or has none because its start has
 * failed. It starts, it may be asked to stop, and it may fail; there is nothing to be
 * checked, and nothing to be drained.
 */
public final class EarlyHealth implements AutoCloseable {

	private static final String ADMINISTRATION = "/admin/";

	private static final boolean PROMETHEUS = ClassUtils
		.isPresent("io.micrometer.prometheusmetrics.PrometheusMeterRegistry", EarlyHealth.class.getClassLoader());

	private static final Route UNAVAILABLE = (request) -> HttpResponse.empty(503);

	private final Scheduler scheduler = Scheduler.start("health-early");

	private final Lifecycle lifecycle = new Lifecycle(TimeSource.system(), Duration.ZERO);

	private final HttpContract contract;

	/**
	 * Create the health of an application that starts.
	 * @param properties where probes answer, and to whom
	 * @param environment what is known of the application
	 * @param startup how far the start has come
	 */
	public EarlyHealth(HealthProperties properties, Environment environment, StartupProgress startup) {
		AccessPolicy access = properties.accessPolicy();
		Instance instance = instance(properties, environment, startup);
		Routes routes = new Routes(properties.probePaths(), instance, access, properties.preStopPath());
		RouteFinder probes = (path) -> isAdministration(path, properties) ? UNAVAILABLE : routes.find(path);
		boolean scraped = properties.serverMetrics() && PROMETHEUS;
		this.contract = new HttpContract(scraped ? probes.with(ScrapeRoute.PATH, ScrapeRoute.of(instance)) : probes,
				access, new Departure(this.lifecycle, properties.envoyHeaders()));
	}

	private static boolean isAdministration(String path, HealthProperties properties) {
		return path.startsWith(ADMINISTRATION)
				|| RouteFinder.withoutTrailingSlash(path).equals(properties.preStopPath());
	}

	private Instance instance(HealthProperties properties, Environment environment, StartupProgress startup) {
		TimeSource time = TimeSource.system();
		List<LivenessSignal> signals = properties.liveness().signals().deadlock().enabled()
				? List.of(LivenessSignal.deadlock()) : List.of();
		LivenessMonitor liveness = new LivenessMonitor(signals, this.scheduler, time);
		CheckEngine noChecks = new CheckEngine(this.scheduler, time, (name) -> Thread::new);
		ModeController modes = new ModeController(this.scheduler, time);
		HealthMonitor health = new HealthMonitor(new HealthSources(this.lifecycle, liveness, noChecks, modes), time,
				this.scheduler::execute);
		Traffic traffic = new Traffic(time);
		DrainController drain = new DrainController(properties.drainSettings(), this.lifecycle, traffic, this.scheduler,
				time);
		liveness.start();
		return new Instance(service(environment), health, drain, traffic, new ProbeCounters(), modes, startup);
	}

	private static ServiceInfo service(Environment environment) {
		return new ServiceInfo(environment.getProperty("spring.application.name"),
				environment.getProperty("spring.application.version"), null, InstanceName.find(environment));
	}

	/**
	 * Return what a server serves of it.
	 * @return probes, and administration that is not available yet
	 */
	public HttpContract contract() {
		return this.contract;
	}

	/**
	 * Note that the process has been asked to end.
	 */
	public void stop() {
		this.lifecycle.stop();
	}

	/**
	 * Note that the start has failed.
	 * @param cause why; for trusted readers only
	 */
	public void fail(Throwable cause) {
		this.lifecycle.fail(String.valueOf(cause));
	}

	/**
	 * End the thread that looks for deadlocks.
	 */
	@Override
	public void close() {
		this.scheduler.close();
	}

}
