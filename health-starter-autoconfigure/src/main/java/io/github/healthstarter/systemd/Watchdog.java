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
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.healthstarter.health.HealthListener;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.time.Scheduler;

/**
 * Feeds systemd's watchdog each time that the process has been found alive, by the thread
 * that has found it so: where nobody looks any more, nobody feeds.
 */
final class Watchdog implements HealthListener {

	private static final String DEADLOCK = "deadlock";

	private final HealthInstance instance;

	private final Notifier notifier;

	private final Scheduler scheduler;

	private final long tries;

	private final AtomicLong looks = new AtomicLong();

	/**
	 * Create a watchdog that has not been fed.
	 * @param instance the instance whose process is alive or not
	 * @param notifier carries the food
	 * @param scheduler where food that finds no room is offered again
	 * @param patience how old a look may be that food is offered for
	 */
	Watchdog(HealthInstance instance, Notifier notifier, Scheduler scheduler, Duration patience) {
		this.instance = instance;
		this.notifier = notifier;
		this.scheduler = scheduler;
		this.tries = patience.dividedBy(Notifier.RETRY_INTERVAL);
	}

	/**
	 * Feed, unless the liveness probe fails. To be called after each look at the liveness
	 * signals.
	 */
	void onLook() {
		feed(this.looks.incrementAndGet(), this.tries);
	}

	private void feed(long look, long tries) {
		boolean latest = look == this.looks.get();
		if (latest && this.instance.health().snapshot().passes(Probe.LIVENESS)
				&& !this.notifier.send(List.of("WATCHDOG=1")) && tries > 0) {
			this.scheduler.schedule(Notifier.RETRY_INTERVAL, () -> feed(look, tries - 1));
		}
	}

	// In turn with the log, so that the stacks are in it before systemd kills the process
	@Override
	public void onChange(HealthSnapshot before, HealthSnapshot after) {
		if (after.state() == HealthState.BROKEN && isDeadlocked(after)) {
			this.instance.notifications().logs().execute(() -> this.notifier.sendReliably(List.of("WATCHDOG=trigger")));
		}
	}

	private static boolean isDeadlocked(HealthSnapshot snapshot) {
		return snapshot.liveness().failures().stream().anyMatch((failure) -> DEADLOCK.equals(failure.signal()));
	}

}
