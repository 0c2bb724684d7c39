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

package io.github.healthstarter.systemd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSources;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.reload.ReloadListener;
import io.github.healthstarter.reload.ReloadResult;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * The process as a service of systemd: tells it how the start comes on, that the service
 * is ready, where it stands, and that it is going to end. Safe for use by any thread. The
 * clock that systemd compares with, CLOCK_MONOTONIC, is what HotSpot reads for
 * {@link System#nanoTime()} on Linux.
 */
public final class SystemdService implements DrainListener, ReloadListener, AutoCloseable {

	/**
	 * How often a status that goes on changing is told, at the most.
	 */
	static final Duration UPDATE_INTERVAL = Duration.ofSeconds(1);

	/**
	 * How much more time is asked for at once, so that a process that has come to a halt
	 * gets no more.
	 */
	static final Duration EXTENSION = Duration.ofSeconds(15);

	/**
	 * How often more time is asked for.
	 */
	static final Duration EXTENSION_INTERVAL = Duration.ofSeconds(5);

	private final SystemdSettings settings;

	private final Notifier notifier;

	private final Scheduler scheduler;

	private final TimeSource time;

	private final StartupProgress startup;

	private volatile @Nullable Sources sources;

	private String status = "";

	private @Nullable String failure;

	private @Nullable Long extendedAt;

	private boolean ready;

	private boolean reloading;

	private boolean stopping;

	private boolean closing;

	private SystemdService(SystemdSettings settings, Notifier notifier, Scheduler scheduler, TimeSource time,
			StartupProgress startup) {
		this.settings = settings;
		this.notifier = notifier;
		this.scheduler = scheduler;
		this.time = time;
		this.startup = startup;
	}

	/**
	 * Begin to tell of a start.
	 * @param settings what systemd has told the process
	 * @param startup how far the start has come
	 * @return the service, to be closed by the caller
	 */
	public static SystemdService start(SystemdSettings settings, StartupProgress startup) {
		return start(settings, new NotifySocket(settings.socket()), Scheduler.start("health-systemd"),
				TimeSource.system(), startup);
	}

	static SystemdService start(SystemdSettings settings, Datagrams datagrams, Scheduler scheduler, TimeSource time,
			StartupProgress startup) {
		SystemdService service = new SystemdService(settings, new Notifier(datagrams, scheduler), scheduler, time,
				startup);
		scheduler.execute(service::tick);
		return service;
	}

	/**
	 * Tell of an application from now on. To be called once, when all its beans have been
	 * made.
	 * @param health the state of the instance
	 * @param drain its drain
	 */
	public void follow(HealthMonitor health, DrainController drain) {
		HealthSources sources = health.sources();
		this.sources = new Sources(health, sources.lifecycle(), drain);
		health.addListener((before, after) -> update());
		drain.addListener(this);
		sources.lifecycle().addListener(this::update);
		Duration minded = this.settings.watchdog();
		if (minded != null) {
			Watchdog watchdog = new Watchdog(health, this.notifier, this.scheduler, minded.dividedBy(4));
			health.addListener(watchdog);
			sources.liveness().addListener(watchdog::onLook);
			sources.liveness().lookAtLeastEvery(minded.dividedBy(2));
		}
	}

	private void tick() {
		this.scheduler.schedule(UPDATE_INTERVAL, this::tick);
		update();
	}

	private synchronized void update() {
		Sources sources = this.sources;
		if (sources != null) {
			tellTransitions(sources);
		}
		String status = status();
		List<String> assignments = new ArrayList<>();
		if (!status.equals(this.status)) {
			assignments.add("STATUS=" + status);
		}
		if (isExtensionDue()) {
			assignments.add(extension(EXTENSION));
		}
		if (!assignments.isEmpty() && this.notifier.send(assignments)) {
			this.status = status;
		}
	}

	private void tellTransitions(Sources sources) {
		if (!this.ready && !this.stopping && sources.health().snapshot().passes(Probe.STARTUP)) {
			this.ready = true;
			sendSurely("READY=1", "MAINPID=" + ProcessHandle.current().pid());
		}
		if (sources.drain().isShuttingDown()) {
			stop();
		}
		if (sources.lifecycle().phase() == LifecyclePhase.STOPPING) {
			close(this.settings.shutdownPhase().plus(EXTENSION));
		}
	}

	private String status() {
		Sources sources = this.sources;
		if (this.failure != null) {
			return StatusLine.oneLine("Failed: " + this.failure);
		}
		if (sources == null || sources.isBuilding()) {
			return this.stopping ? "Stopping" : StatusLine.of(this.startup.state());
		}
		if (this.reloading && !this.stopping) {
			return "Reloading";
		}
		return StatusLine.of(sources.health().snapshot(), sources.drain().progress());
	}

	private boolean isExtensionDue() {
		boolean due = this.extendedAt == null || this.time.since(this.extendedAt).compareTo(EXTENSION_INTERVAL) >= 0;
		return due && !this.status.isEmpty() && needsTime();
	}

	// A drain begun by hand may last for days once its waiting is over; and what hangs
	// while it is closed is not to hang for ever
	private boolean needsTime() {
		if (this.failure != null || this.closing) {
			return false;
		}
		Sources sources = this.sources;
		DrainProgress drain = (sources != null) ? sources.drain().progress() : null;
		return !this.ready || (drain != null && (drain.outcome() == null || this.stopping));
	}

	private String extension(Duration duration) {
		this.extendedAt = this.time.nanos();
		return "EXTEND_TIMEOUT_USEC=" + duration.toNanos() / 1000;
	}

	@Override
	public void onStarted(DrainProgress progress) {
		switch (progress.trigger()) {
			case API, ACTUATOR, PRE_STOP -> this.scheduler.execute(this::update);
			case SIGTERM, SIGINT, CONTEXT -> stop();
		}
	}

	@Override
	public synchronized void onStarted() {
		Sources sources = this.sources;
		if (sources != null) {
			tellTransitions(sources);
		}
		if (this.ready && !this.stopping) {
			this.reloading = true;
			sendSurely("RELOADING=1", "MONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(this.time.nanos()));
		}
	}

	@Override
	public synchronized void onEnded(ReloadResult result) {
		if (this.reloading) {
			this.reloading = false;
			if (!this.stopping) {
				sendSurely("READY=1");
			}
		}
	}

	/**
	 * Tell that the process has been asked to end.
	 */
	public synchronized void stop() {
		if (!this.stopping) {
			this.stopping = true;
			sendSurely("STOPPING=1", extension(EXTENSION));
		}
	}

	// The last time that more time is asked for
	private void close(Duration limit) {
		stop();
		if (!this.closing) {
			this.closing = true;
			sendSurely(extension(limit));
		}
	}

	/**
	 * Tell that the start has failed.
	 * @param cause why
	 */
	public synchronized void fail(Throwable cause) {
		this.failure = String.valueOf(cause);
		update();
	}

	private void sendSurely(String... assignments) {
		List<String> all = new ArrayList<>(List.of(assignments));
		this.status = status();
		all.add("STATUS=" + this.status);
		this.notifier.sendSurely(all);
	}

	@Override
	public void close() {
		this.scheduler.close();
		this.notifier.close();
	}

	/**
	 * What there is to tell of once beans have been made.
	 */
	private record Sources(HealthMonitor health, Lifecycle lifecycle, DrainController drain) {

		boolean isBuilding() {
			LifecycleState lifecycle = this.lifecycle.state();
			return lifecycle.phase() == LifecyclePhase.STARTING && !lifecycle.runnersDone();
		}

	}

}
