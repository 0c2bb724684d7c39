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

import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.lifecycle.LifecycleState;
import io.github.healthstarter.reload.ReloadListener;
import io.github.healthstarter.reload.ReloadResult;
import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.time.Scheduler;

/**
 * Notifies systemd of the life of an instance: the progress of the start, readiness,
 * every state, reloads and the end. Safe for use by any thread. The clock that systemd
 * compares with, CLOCK_MONOTONIC, is what HotSpot reads for {@link System#nanoTime()} on
 * Linux.
 *
 * @see <a href=
 * "https://www.freedesktop.org/software/systemd/man/sd_notify.html">sd_notify</a>
 */
public final class SystemdService implements DrainListener, ReloadListener, AutoCloseable {

	/**
	 * The shortest time from one status to the next while it goes on changing.
	 */
	static final Duration UPDATE_INTERVAL = Duration.ofSeconds(1);

	/**
	 * The time that is requested at once, so that a process that hangs gets no more.
	 */
	static final Duration EXTENSION = Duration.ofSeconds(15);

	/**
	 * The time from one request for more time to the next.
	 */
	static final Duration EXTENSION_INTERVAL = Duration.ofSeconds(5);

	private final SystemdSettings settings;

	private final Notifier notifier;

	private final Scheduler scheduler;

	private Scheduler.@Nullable Scheduled next;

	private final HealthInstance instance;

	private String status = "";

	private @Nullable Long extendedAt;

	private boolean ready;

	private boolean reloading;

	private boolean stopping;

	private boolean closing;

	private SystemdService(SystemdSettings settings, Notifier notifier, Scheduler scheduler, HealthInstance instance) {
		this.settings = settings;
		this.notifier = notifier;
		this.scheduler = scheduler;
		this.instance = instance;
	}

	/**
	 * Begin to notify systemd.
	 * @param settings the settings that systemd has given the process
	 * @param instance the instance, followed until this service is closed
	 * @return the service, to be closed by the caller
	 */
	public static SystemdService start(SystemdSettings settings, HealthInstance instance) {
		return start(settings, new NotifySocket(settings.socket()), Scheduler.start("health-systemd"), instance);
	}

	static SystemdService start(SystemdSettings settings, Datagrams datagrams, Scheduler scheduler,
			HealthInstance instance) {
		SystemdService service = new SystemdService(settings, new Notifier(datagrams, scheduler), scheduler, instance);
		service.follow();
		scheduler.recoverWith(service::tick);
		scheduler.execute(service::tick);
		return service;
	}

	private void follow() {
		this.instance.health().addListener((before, after) -> this.scheduler.execute(this::update));
		this.instance.drain().addListener(this);
		this.instance.lifecycle().addListener(this::update);
		Duration limit = this.settings.watchdog();
		if (limit != null) {
			Watchdog watchdog = new Watchdog(this.instance, this.notifier, this.scheduler, limit.dividedBy(4));
			this.instance.health().addListener(watchdog);
			this.instance.liveness().addListener(watchdog::onLook);
			this.instance.liveness().lookAtLeastEvery(limit.dividedBy(2));
		}
	}

	private void tick() {
		if (this.next != null) {
			this.next.cancel();
		}
		this.next = this.scheduler.schedule(UPDATE_INTERVAL, this::tick);
		update();
	}

	private synchronized void update() {
		notifyOfTransitions();
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

	private void notifyOfTransitions() {
		if (!this.ready && !this.stopping && this.instance.health().snapshot().passes(Probe.STARTUP)) {
			this.ready = true;
			sendReliably("READY=1", "MAINPID=" + ProcessHandle.current().pid());
		}
		boolean stopping = this.instance.lifecycle().phase() == LifecyclePhase.STOPPING;
		if (stopping || this.instance.drain().isShuttingDown()) {
			stop();
		}
		if (stopping && (this.ready || isBuilt()) && !isDrainWaiting()) {
			close(this.settings.shutdownPhase().plus(EXTENSION));
		}
	}

	// A start that is told to end is still built to its end, which is limited elsewhere
	private boolean isBuilt() {
		return this.instance.startup().state().phase().compareTo(StartupPhase.RUNNERS) >= 0;
	}

	private boolean isDrainWaiting() {
		DrainProgress drain = this.instance.drain().progress();
		return drain != null && drain.outcome() == null;
	}

	private String status() {
		LifecycleState lifecycle = this.instance.lifecycle().state();
		if (lifecycle.failure() != null) {
			return StatusLine.oneLine("Failed: " + lifecycle.failure());
		}
		if (lifecycle.phase() == LifecyclePhase.STARTING && !lifecycle.isReady()) {
			return StatusLine.of(this.instance.startup().state());
		}
		if (this.reloading && !this.stopping) {
			return "Reloading";
		}
		return StatusLine.of(this.instance.health().snapshot(), this.instance.drain().progress());
	}

	private boolean isExtensionDue() {
		boolean due = this.extendedAt == null
				|| this.instance.time().since(this.extendedAt).compareTo(EXTENSION_INTERVAL) >= 0;
		return due && !this.status.isEmpty() && needsTime();
	}

	// A drain begun by hand may last for days once its wait is over, and what hangs while
	// it is closed is not to hang for ever
	private boolean needsTime() {
		if (this.closing || this.instance.lifecycle().phase() == LifecyclePhase.FAILED) {
			return false;
		}
		DrainProgress drain = this.instance.drain().progress();
		return !this.ready || (drain != null && (drain.outcome() == null || this.stopping));
	}

	private String extension(Duration duration) {
		this.extendedAt = this.instance.time().nanos();
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
		notifyOfTransitions();
		if (this.ready && !this.stopping) {
			this.reloading = true;
			long micros = TimeUnit.NANOSECONDS.toMicros(this.instance.time().nanos());
			sendReliably("RELOADING=1", "MONOTONIC_USEC=" + micros);
		}
	}

	@Override
	public synchronized void onEnded(ReloadResult result) {
		if (this.reloading) {
			this.reloading = false;
			if (!this.stopping) {
				sendReliably("READY=1");
			}
		}
	}

	private synchronized void stop() {
		if (!this.stopping) {
			this.stopping = true;
			sendReliably("STOPPING=1", extension(EXTENSION));
		}
	}

	// The last request for more time
	private void close(Duration limit) {
		if (!this.closing) {
			this.closing = true;
			sendReliably(extension(limit));
		}
	}

	private void sendReliably(String... assignments) {
		List<String> all = new ArrayList<>(List.of(assignments));
		this.status = status();
		all.add("STATUS=" + this.status);
		this.notifier.sendReliably(all);
	}

	@Override
	public void close() {
		this.scheduler.close();
		this.notifier.close();
	}

}
