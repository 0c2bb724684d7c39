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

package io.github.healthstarter.check;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.notification.Listeners;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Runs all checks in the background and keeps the snapshot of their states.
 * {@link #snapshot()} may be called from any thread and takes no lock. The states belong
 * to the scheduler's thread; indicators run on threads of their own.
 */
public final class CheckEngine implements AutoCloseable {

	private final Scheduler scheduler;

	private final TimeSource time;

	private final CheckRuntime runtime;

	private final Listeners<CheckListener> listeners = new Listeners<>("check");

	// Changed under the lock alone, so that stopping them stops them all
	private volatile List<ScheduledCheck> checks = List.of();

	// A new one for each start, none while stopped
	private volatile @Nullable Object started;

	private volatile CheckSnapshot snapshot = CheckSnapshot.EMPTY;

	// The latest one; on the scheduler's thread alone
	private @Nullable Round round;

	/**
	 * Create an engine without checks. They run on daemon threads named after them.
	 * @param scheduler collects the results; closed with this engine
	 * @param time the time source
	 */
	public CheckEngine(Scheduler scheduler, TimeSource time) {
		this(scheduler, time, new ReusedThreads());
	}

	CheckEngine(Scheduler scheduler, TimeSource time, CheckThreads threads) {
		this.runtime = new CheckRuntime(scheduler, time, threads);
		this.scheduler = scheduler;
		this.time = time;
		scheduler.recoverWith(this::resume);
	}

	private void resume() {
		this.checks.forEach(ScheduledCheck::resume);
	}

	/**
	 * Add a listener inside the starter; applications take the events.
	 * @param listener notified of each result from now on
	 */
	public void addListener(CheckListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Begin to run checks, each for the first time at once, informational ones within
	 * their first interval. May be called again after {@link #stop()}: a check of the
	 * same name keeps its state.
	 * @param definitions the checks, their names unique
	 */
	public void start(Collection<CheckDefinition> definitions) {
		if (!this.checks.isEmpty()) {
			stop();
		}
		List<ScheduledCheck> earlier;
		synchronized (this) {
			earlier = this.checks;
			this.started = new Object();
			this.checks = definitions.stream().map(this::scheduled).toList();
			this.snapshot = currentStates();
		}
		this.listeners.notify(CheckListener::onStart);
		this.checks.forEach((check) -> begin(check, find(earlier, check.state().name())));
	}

	private void begin(ScheduledCheck check, @Nullable ScheduledCheck earlier) {
		this.scheduler.execute(() -> check.start(earlier));
	}

	/**
	 * Go on with other checks: one of the same name keeps its state, a new one and one of
	 * another dependency run at once, and one that is left out is stopped. A stuck run of
	 * the same dependency keeps its one thread. Does nothing if the checks have been
	 * stopped before, or are stopped meanwhile.
	 * @param definitions the checks, their names unique
	 */
	public synchronized void reconfigure(Collection<CheckDefinition> definitions) {
		List<CheckDefinition> all = List.copyOf(definitions);
		Object started = this.started;
		if (started != null) {
			this.scheduler.execute(() -> reconfigure(all, started));
		}
	}

	private void reconfigure(List<CheckDefinition> definitions, Object started) {
		List<ScheduledCheck> before;
		List<ScheduledCheck> after;
		synchronized (this) {
			if (this.started != started) {
				return;
			}
			before = this.checks;
			after = definitions.stream().map((definition) -> reconfigured(before, definition)).toList();
			this.checks = after;
			this.snapshot = currentStates();
		}
		before.stream().filter((check) -> !after.contains(check)).forEach(ScheduledCheck::stop);
		this.listeners.notify(CheckListener::onStart);
		after.stream().filter((check) -> !before.contains(check)).forEach((check) -> begin(check, null));
	}

	private ScheduledCheck reconfigured(List<ScheduledCheck> before, CheckDefinition definition) {
		ScheduledCheck known = find(before, definition.name());
		if (known == null) {
			return scheduled(definition);
		}
		known.reconfigure(definition);
		return known;
	}

	private static @Nullable ScheduledCheck find(List<ScheduledCheck> checks, String name) {
		return checks.stream().filter((check) -> check.state().name().equals(name)).findFirst().orElse(null);
	}

	private ScheduledCheck scheduled(CheckDefinition definition) {
		CheckState known = this.snapshot.find(definition.name());
		CheckState state = (known != null) ? known.withPolicy(definition.policy(), this.time.nanos())
				: CheckState.pending(definition, this.time.instant(), this.time.nanos());
		Object start = this.started;
		return new ScheduledCheck(definition, state, this.runtime, (before, after) -> onResult(start, before, after));
	}

	private CheckSnapshot currentStates() {
		return CheckSnapshot.of(this.checks.stream().map(ScheduledCheck::state).toList());
	}

	/**
	 * Return the states of all checks, as last measured.
	 * @return the latest snapshot
	 */
	public CheckSnapshot snapshot() {
		return this.snapshot;
	}

	/**
	 * Whether checks are to run. Otherwise the states of earlier ones do not get stale.
	 * @return {@code true} from {@link #start(Collection)} to {@link #stop()}
	 */
	public boolean isRunning() {
		return this.started != null;
	}

	/**
	 * Run all checks now, each once for all who ask while that lasts; a run in progress
	 * is joined.
	 * @return completed when each has a result that needs no confirmation, or its run has
	 * timed out; never, if the engine is closed meanwhile
	 */
	public CompletableFuture<Void> refresh() {
		return onScheduler(this::joinRound);
	}

	private CompletableFuture<Void> joinRound() {
		List<ScheduledCheck> checks = this.checks;
		Round current = this.round;
		if (current == null || current.checks() != checks || current.end().isDone()) {
			current = new Round(checks, all(checks.stream(), ScheduledCheck::refresh));
			this.round = current;
		}
		return current.end();
	}

	/**
	 * Run another definition of a check at once and from now on. A run in progress is
	 * interrupted and its result dropped.
	 * @param definition the definition, with the exact name of the check; nothing happens
	 * if there is none
	 * @param from the state to go on from
	 * @return completed when it has its first result, or has timed out
	 */
	public CompletableFuture<Void> restart(CheckDefinition definition, CheckState from) {
		return onScheduler(() -> all(named(definition.name()), (check) -> check.restart(definition, from)));
	}

	/**
	 * Return what a check runs.
	 * @param name the exact name of the check
	 * @return its definition, {@code null} if there is none
	 */
	public @Nullable CheckDefinition definition(String name) {
		return named(name).map(ScheduledCheck::definition).findFirst().orElse(null);
	}

	/**
	 * Create a task that runs beside the checks, on a thread like theirs.
	 * @param name the name, from which that of the thread is made
	 * @param task the task; may block and may throw
	 * @param onStuck called once if a run has not ended when the next but one is due
	 * @return the task, stopped
	 */
	public RepeatedTask repeat(String name, Runnable task, Runnable onStuck) {
		return new RepeatedTask(name, task, onStuck, this.runtime);
	}

	private Stream<ScheduledCheck> named(String name) {
		return this.checks.stream().filter((check) -> check.state().name().equals(name));
	}

	private CompletableFuture<Void> onScheduler(Supplier<CompletableFuture<Void>> action) {
		return CompletableFuture.completedFuture(this)
			.thenComposeAsync((engine) -> action.get(), this.scheduler::execute);
	}

	private static CompletableFuture<Void> all(Stream<ScheduledCheck> checks,
			Function<ScheduledCheck, CompletableFuture<Void>> action) {
		return CompletableFuture.allOf(checks.map(action).toArray(CompletableFuture[]::new));
	}

	private void onResult(@Nullable Object start, CheckState before, CheckState after) {
		synchronized (this) {
			// A check that has been stopped meanwhile has no place in the snapshot
			if (this.started != start) {
				return;
			}
			this.snapshot = this.snapshot.with(after);
		}
		this.listeners.notify((listener) -> listener.onResult(before, after));
	}

	/**
	 * Stop all checks; runs in progress are interrupted and their results dropped.
	 */
	public void stop() {
		List<ScheduledCheck> stopping;
		synchronized (this) {
			this.started = null;
			stopping = this.checks;
		}
		this.scheduler.execute(() -> stopping.forEach(ScheduledCheck::stop));
	}

	/**
	 * Stop all checks for good and end the scheduler's thread.
	 */
	@Override
	public void close() {
		stop();
		this.scheduler.execute(() -> {
			this.runtime.threads().close();
			this.scheduler.close();
		});
	}

	/**
	 * One run of each check, for all who ask before it ends.
	 *
	 * @param checks the checks that are run
	 * @param end completed when each has a result
	 */
	private record Round(List<ScheduledCheck> checks, CompletableFuture<Void> end) {

	}

}
