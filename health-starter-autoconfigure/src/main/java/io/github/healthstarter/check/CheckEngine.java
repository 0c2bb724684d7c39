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
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.notification.Listeners;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Runs all checks in the background and keeps the snapshot of where they stand.
 * {@link #snapshot()} may be called from any thread and takes no lock. The states belong
 * to the scheduler's thread; indicators run on threads of their own.
 */
public final class CheckEngine implements AutoCloseable {

	private final Scheduler scheduler;

	private final TimeSource time;

	private final Function<String, ThreadFactory> threads;

	private final Listeners<CheckListener> listeners = new Listeners<>("check");

	// Changed under the lock alone, so that whoever stops them stops them all
	private volatile List<ScheduledCheck> checks = List.of();

	// A new one for each start, none while stopped
	private @Nullable Object started;

	private volatile CheckSnapshot snapshot = CheckSnapshot.EMPTY;

	/**
	 * Create an engine without any checks.
	 * @param scheduler where results are put together; closed with this engine
	 * @param time the time source
	 * @param threads gives each check, by its name, the factory of the threads it runs on
	 */
	public CheckEngine(Scheduler scheduler, TimeSource time, Function<String, ThreadFactory> threads) {
		this.scheduler = scheduler;
		this.time = time;
		this.threads = threads;
	}

	/**
	 * Add a listener.
	 * @param listener told of each result from now on
	 */
	public void addListener(CheckListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Begin to run checks, each for the first time at once. May be called again after
	 * {@link #stop()}: a check of the same name goes on from where it stood.
	 * @param definitions the checks, their names unique
	 */
	public void start(Collection<CheckDefinition> definitions) {
		if (!this.checks.isEmpty()) {
			stop();
		}
		synchronized (this) {
			this.started = new Object();
			this.checks = definitions.stream().map(this::scheduled).toList();
		}
		this.snapshot = currentStates();
		this.listeners.tell(CheckListener::onStart);
		this.checks.forEach((check) -> this.scheduler.execute(check::run));
	}

	/**
	 * Go on with other checks: one of the same name goes on from where it stood, one that
	 * is new runs at once, and one that is left out is no more. What has come to a halt
	 * keeps its one thread. Once they have been stopped, before or just after this was
	 * asked for, they stay as they are.
	 * @param definitions the checks, their names unique
	 */
	public synchronized void redefine(Collection<CheckDefinition> definitions) {
		List<CheckDefinition> all = List.copyOf(definitions);
		Object started = this.started;
		if (started != null) {
			this.scheduler.execute(() -> redefine(all, started));
		}
	}

	private void redefine(List<CheckDefinition> definitions, Object started) {
		List<ScheduledCheck> before;
		synchronized (this) {
			if (this.started != started) {
				return;
			}
			before = this.checks;
			this.checks = definitions.stream().map((definition) -> redefined(before, definition)).toList();
		}
		before.stream().filter((check) -> !this.checks.contains(check)).forEach(ScheduledCheck::stop);
		this.snapshot = currentStates();
		this.listeners.tell(CheckListener::onStart);
	}

	private ScheduledCheck redefined(List<ScheduledCheck> before, CheckDefinition definition) {
		for (ScheduledCheck check : before) {
			if (check.state().name().equals(definition.name())) {
				check.become(definition);
				return check;
			}
		}
		ScheduledCheck added = scheduled(definition);
		this.scheduler.execute(added::run);
		return added;
	}

	private ScheduledCheck scheduled(CheckDefinition definition) {
		CheckState known = this.snapshot.find(definition.name());
		CheckState state = (known != null) ? known.under(definition.policy(), this.time.nanos())
				: CheckState.pending(definition, this.time.instant(), this.time.nanos());
		return new ScheduledCheck(definition, state,
				new CheckRuntime(this.scheduler, this.time, this.threads.apply(definition.name())), this::onTransition);
	}

	private CheckSnapshot currentStates() {
		return CheckSnapshot.of(this.checks.stream().map(ScheduledCheck::state).toList());
	}

	/**
	 * Return where all checks stand, as last measured.
	 * @return the latest snapshot
	 */
	public CheckSnapshot snapshot() {
		return this.snapshot;
	}

	/**
	 * Run all checks now; a run that is under way is joined.
	 * @return completed when each has a result, or its run has timed out; never, where
	 * the engine is closed meanwhile
	 */
	public CompletableFuture<Void> refresh() {
		return CompletableFuture.completedFuture(this)
			.thenComposeAsync((engine) -> refresh(engine.checks), this.scheduler::execute);
	}

	/**
	 * Let a check show a result that is not its own from now on, at once and whatever its
	 * own runs come to. Meant for tests.
	 * @param name its exact name; where there is none of that name, nothing happens
	 * @param status where it is to stand
	 * @param error why it is not up
	 * @return completed when the snapshot shows it
	 */
	public CompletableFuture<Void> hold(String name, CheckStatus status, @Nullable String error) {
		return CompletableFuture.runAsync(() -> named(name).forEach((check) -> check.hold(status, error)),
				this.scheduler::execute);
	}

	/**
	 * Let a check that shows a result that is not its own show again where it stood
	 * before, and run it.
	 * @param name its exact name; where there is none of that name, nothing happens
	 * @return completed when it has a result of its own, or its run has timed out
	 */
	public CompletableFuture<Void> release(String name) {
		return CompletableFuture.completedFuture(this)
			.thenComposeAsync(
					(engine) -> CompletableFuture
						.allOf(engine.named(name).map(ScheduledCheck::release).toArray(CompletableFuture[]::new)),
					this.scheduler::execute);
	}

	private Stream<ScheduledCheck> named(String name) {
		return this.checks.stream().filter((check) -> check.state().name().equals(name));
	}

	private static CompletableFuture<Void> refresh(List<ScheduledCheck> checks) {
		return CompletableFuture.allOf(checks.stream().map(ScheduledCheck::refresh).toArray(CompletableFuture[]::new));
	}

	private void onTransition(CheckState before, CheckState after) {
		this.snapshot = currentStates();
		this.listeners.tell((listener) -> listener.onResult(before, after));
	}

	/**
	 * Stop all checks; runs under way are interrupted and their results dropped.
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
		this.scheduler.execute(this.scheduler::close);
	}

}
