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

package io.github.healthstarter.drain;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.notification.Listeners;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Traffic;

/**
 * Begins, watches, undoes and completes drains: readiness is off while requests are still
 * served, until balancers have noticed and what was begun is finished. All methods may be
 * called from any thread; there is at most one drain at a time.
 */
public final class DrainController implements AutoCloseable {

	private static final Duration POLL = Duration.ofMillis(20);

	private static final Duration GRACE = Duration.ofMillis(500);

	/**
	 * How many callers may wait at a time, so that threads are left for others.
	 */
	public static final int MAX_WAITING = 16;

	private final Supplier<DrainSettings> settings;

	private final Lifecycle lifecycle;

	private final Work work;

	private final Scheduler scheduler;

	private final TimeSource time;

	private final Semaphore waiting = new Semaphore(MAX_WAITING);

	private final Listeners<DrainListener> listeners = new Listeners<>("drain");

	private volatile @Nullable DrainRun current;

	private volatile boolean shuttingDown;

	private volatile Scheduler.Scheduled next = () -> {
	};

	/**
	 * Create a controller with no drain under way.
	 * @param settings what a drain waits for, read when one begins
	 * @param lifecycle changed when a drain begins and when it is undone
	 * @param traffic the probers and the requests in flight
	 * @param scheduler where a drain is watched; closed with this controller
	 * @param time the time source
	 */
	public DrainController(Supplier<DrainSettings> settings, Lifecycle lifecycle, Traffic traffic, Scheduler scheduler,
			TimeSource time) {
		this.settings = settings;
		this.lifecycle = lifecycle;
		this.work = new Work(traffic, new Participants());
		this.scheduler = scheduler;
		this.time = time;
		scheduler.recoverWith(this::resume);
	}

	/**
	 * Add a listener inside the starter; applications take the events.
	 * @param listener notified of each drain from now on
	 */
	public void addListener(DrainListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Add a participant.
	 * @param name its name, different from those of all others
	 * @param participant takes part in each drain from now on, one that is under way
	 * included, on a thread of its own
	 */
	public void addParticipant(String name, DrainParticipant participant) {
		addParticipant(name, participant, Scheduler.start("health-drain-" + name));
	}

	synchronized void addParticipant(String name, DrainParticipant participant, Scheduler scheduler) {
		Participation added = new Participation(name, participant, scheduler, this.time);
		this.work.participants().add(added);
		DrainRun run = this.current;
		if (run != null) {
			added.begin();
			if (run.isOver()) {
				added.rest();
			}
		}
	}

	/**
	 * Begin a drain, to be undone by {@link #cancel()} or followed by a shutdown.
	 * @param trigger what begins it
	 * @return whether this call began it; {@code false} where one is under way, or the
	 * application is stopping, unless it is its end that the drain is for
	 */
	public boolean begin(DrainTrigger trigger) {
		return start(trigger) != null;
	}

	private @Nullable DrainRun start(DrainTrigger trigger) {
		DrainRun run;
		synchronized (this) {
			run = new DrainRun(trigger, this.settings.get(), this.work, this.time, this.lifecycle.state().isReady());
			// A start that is to end is stopping already, and may have participants
			boolean begins = this.lifecycle.drain() || (this.current == null && trigger.isShutdown());
			// Also if it joins a drain: with several applications, each waits in turn
			this.shuttingDown = this.shuttingDown || trigger.isShutdown();
			if (!begins) {
				return null;
			}
			this.work.participants().begin();
			this.current = run;
			DrainProgress progress = run.progress();
			this.listeners.notify((listener) -> listener.onStarted(progress));
		}
		try {
			watch(run);
		}
		catch (OutOfMemoryError ex) {
			// There may be no memory for its thread, and resume() is called by another
		}
		return run;
	}

	/**
	 * Watch a drain that could not be watched when it began.
	 */
	public void resume() {
		watch(this.current);
	}

	private @Nullable DrainRun startOrJoin(DrainTrigger trigger) {
		DrainRun started = start(trigger);
		return (started != null) ? started : this.current;
	}

	/**
	 * Begin a drain or join the one that is under way, and wait until its waiting is over
	 * or it has been undone. Beyond {@link #MAX_WAITING} callers none waits.
	 * @param trigger what begins it, where none is under way
	 * @param limit how long to wait at the most
	 * @return the progress by then, {@code null} if there is no drain: it was undone at
	 * the same moment, or the application is stopping without one
	 */
	public @Nullable DrainProgress begin(DrainTrigger trigger, Duration limit) {
		DrainRun run = startOrJoin(trigger);
		if (run != null) {
			await(run, limit);
		}
		return (run != null) ? run.progress() : null;
	}

	private void await(DrainRun run, Duration limit) {
		if (!limit.isZero() && this.waiting.tryAcquire()) {
			try {
				boolean unused = run.awaitEnd(limit);
			}
			finally {
				this.waiting.release();
			}
		}
	}

	/**
	 * Undo a drain, so that the application gets traffic again.
	 * @return whether this call undid it; {@code false} where none is under way, or the
	 * process or the context is going to end
	 */
	public boolean cancel() {
		synchronized (this) {
			DrainRun run = this.current;
			if (run == null || this.shuttingDown || !this.lifecycle.resume()) {
				return false;
			}
			this.current = null;
			if (!end(run, DrainOutcome.CANCELLED)) {
				DrainSummary undone = run.undone();
				this.listeners.notify((listener) -> listener.onUndone(undone));
			}
			this.work.participants().cancel();
		}
		return true;
	}

	/**
	 * Drain because the process or the context is going to end, and wait for at most half
	 * a second more than the longest wait. A drain under way is joined and is final.
	 * @param trigger what begins it, where none is under way
	 */
	public void drainForShutdown(DrainTrigger trigger) {
		this.shuttingDown = true;
		DrainRun run = startOrJoin(trigger);
		if (run != null && !run.awaitEnd(run.remaining().plus(GRACE))) {
			end(run, DrainOutcome.TIMED_OUT);
		}
	}

	/**
	 * End the waiting of the drain under way.
	 * @return whether this call ended it
	 */
	public boolean endWaiting() {
		DrainRun run = this.current;
		return run != null && end(run, DrainOutcome.TIMED_OUT);
	}

	/**
	 * Whether the process or the context ends, so that no drain is undone. Takes no lock.
	 * @return {@code true} once that has begun
	 */
	public boolean isShuttingDown() {
		return this.shuttingDown;
	}

	/**
	 * Return how far the drain has come.
	 * @return the progress, {@code null} where no drain is under way
	 */
	public @Nullable DrainProgress progress() {
		DrainRun run = this.current;
		return (run != null) ? run.progress() : null;
	}

	/**
	 * Return the result of the drain whose wait is over.
	 * @return the summary, {@code null} if no drain has ended, or it has been undone
	 */
	public @Nullable DrainSummary summary() {
		DrainRun run = this.current;
		return (run != null) ? run.summary() : null;
	}

	/**
	 * Return how long a drain lasts at most.
	 * @return the longest wait
	 */
	public Duration maxWait() {
		return this.settings.get().maxWait();
	}

	private void watch(@Nullable DrainRun run) {
		if (run == null || run.isOver()) {
			return;
		}
		if (run.waitingFor().isEmpty()) {
			end(run, DrainOutcome.QUIESCED);
		}
		else if (run.remaining().isNegative() || run.remaining().isZero()) {
			end(run, DrainOutcome.TIMED_OUT);
		}
		else {
			Duration delay = (run.remaining().compareTo(POLL) < 0) ? run.remaining() : POLL;
			this.next.cancel();
			this.next = this.scheduler.schedule(delay, () -> watch(run));
		}
	}

	private synchronized boolean end(DrainRun run, DrainOutcome outcome) {
		DrainSummary summary = run.end(outcome);
		if (summary != null) {
			this.work.participants().rest();
			this.listeners.notify((listener) -> listener.onEnded(summary));
			run.release();
		}
		return summary != null;
	}

	@Override
	public void close() {
		this.scheduler.close();
		this.work.participants().close();
	}

}
