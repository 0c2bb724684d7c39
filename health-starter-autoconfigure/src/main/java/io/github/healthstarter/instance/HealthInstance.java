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

package io.github.healthstarter.instance;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckListener;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.health.HealthListener;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSources;
import io.github.healthstarter.health.ProbeCounters;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.mode.ModeListener;
import io.github.healthstarter.notification.Notifications;
import io.github.healthstarter.startup.StartupGate;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Traffic;

/**
 * The health of one application, from before its context is built until after it is
 * closed: its life, checks, modes, drain, traffic and the snapshot that probes answer
 * from. It is built once. What the application's context has to add, such as checks and
 * drain participants, is attached to the parts. Safe for use by any thread.
 */
public final class HealthInstance implements AutoCloseable {

	private final TimeSource time;

	private final Notifications notifications = new Notifications();

	private final Lifecycle lifecycle;

	private final StartupProgress startup;

	private final LivenessMonitor liveness;

	private final CheckEngine checks;

	private final ModeController modes;

	private final Traffic traffic;

	private final DrainController drain;

	private final HealthMonitor health;

	private final ProbeCounters counters = new ProbeCounters();

	private volatile InstanceSettings settings;

	private volatile ServiceInfo service;

	/**
	 * Create an instance that is starting. To be called by the thread that builds the
	 * application's context.
	 * @param settings the settings
	 * @param service what is known of the application
	 * @param time the time source
	 */
	public HealthInstance(InstanceSettings settings, ServiceInfo service, TimeSource time) {
		this(settings, service, time, Scheduler::start);
	}

	/**
	 * Create an instance that is starting, with other schedulers than those of one thread
	 * each.
	 * @param settings the settings
	 * @param service what is known of the application
	 * @param time the time source
	 * @param schedulers returns the scheduler for a thread's name; closed with this
	 * instance
	 */
	public HealthInstance(InstanceSettings settings, ServiceInfo service, TimeSource time,
			Function<String, Scheduler> schedulers) {
		this.settings = settings;
		this.service = service;
		this.time = time;
		this.lifecycle = new Lifecycle(time, Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
		this.startup = new StartupProgress(time);
		this.liveness = new LivenessMonitor(List.of(LivenessSignal.deadlock(() -> this.settings.deadlockSignal())),
				schedulers.apply(LivenessMonitor.THREAD_NAME), time);
		this.checks = new CheckEngine(schedulers.apply("health-checks"), time);
		this.modes = new ModeController(schedulers.apply("health-mode"), time);
		this.traffic = new Traffic(time);
		this.drain = new DrainController(() -> this.settings.drain(), this.lifecycle, this.traffic,
				schedulers.apply("health-drain"), time);
		// Before the monitor, so that a result that completes startup is composed once
		new StartupGate(this.lifecycle, this.checks, () -> this.settings.awaitChecks(), time).follow();
		this.health = new HealthMonitor(new HealthSources(this.lifecycle, this.liveness, this.checks, this.modes),
				time);
		notifyOfChanges();
		// Its thread has been started when that of the drain may not be any more
		this.liveness.addListener(this.drain::resume);
		this.liveness.start();
	}

	private void notifyOfChanges() {
		this.checks.addListener(CheckListener.notifying(this.notifications));
		this.modes.addListener(ModeListener.notifying(this.notifications));
		this.drain.addListener(DrainListener.notifying(this.notifications));
		this.health.addListener(HealthListener.notifying(this.notifications));
	}

	/**
	 * Replace the settings. A drain that is under way keeps those that it began with.
	 * @param settings the settings from now on
	 */
	public void reconfigure(InstanceSettings settings) {
		this.settings = settings;
	}

	/**
	 * Replace what is known of the application, such as when its build information has
	 * been read.
	 * @param service the application
	 */
	public void describe(ServiceInfo service) {
		this.service = service;
	}

	/**
	 * Return the settings.
	 * @return the settings that hold
	 */
	public InstanceSettings settings() {
		return this.settings;
	}

	/**
	 * Return what is known of the application.
	 * @return the application
	 */
	public ServiceInfo service() {
		return this.service;
	}

	/**
	 * Return the clocks.
	 * @return the time source of all parts
	 */
	public TimeSource time() {
		return this.time;
	}

	/**
	 * Return the way to the log and to the application's event listeners.
	 * @return the notifications
	 */
	public Notifications notifications() {
		return this.notifications;
	}

	/**
	 * Return the life of the application.
	 * @return the lifecycle
	 */
	public Lifecycle lifecycle() {
		return this.lifecycle;
	}

	/**
	 * Return how far the start has come.
	 * @return the progress
	 */
	public StartupProgress startup() {
		return this.startup;
	}

	/**
	 * Return the liveness signals and what they find.
	 * @return the monitor
	 */
	public LivenessMonitor liveness() {
		return this.liveness;
	}

	/**
	 * Return the checks.
	 * @return the engine that runs them
	 */
	public CheckEngine checks() {
		return this.checks;
	}

	/**
	 * Return the modes.
	 * @return the controller that enters and leaves them
	 */
	public ModeController modes() {
		return this.modes;
	}

	/**
	 * Return the requests and the probers.
	 * @return the traffic
	 */
	public Traffic traffic() {
		return this.traffic;
	}

	/**
	 * Return the drain.
	 * @return the controller that begins and undoes it
	 */
	public DrainController drain() {
		return this.drain;
	}

	/**
	 * Return the state of the instance.
	 * @return the monitor that holds the snapshot
	 */
	public HealthMonitor health() {
		return this.health;
	}

	/**
	 * Return the counters of the answers to probes.
	 * @return the counters
	 */
	public ProbeCounters counters() {
		return this.counters;
	}

	/**
	 * End all threads, and let out the last log lines and events, for at most three
	 * seconds. The last snapshot stays readable.
	 */
	@Override
	public void close() {
		this.drain.close();
		this.modes.close();
		this.checks.close();
		this.liveness.close();
		this.notifications.close();
	}

}
