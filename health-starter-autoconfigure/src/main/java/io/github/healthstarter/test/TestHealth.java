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

package io.github.healthstarter.test;

import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.notification.Notifications;

/**
 * The health of an application under test. What a test does here has its effect before
 * the call returns: probes answer accordingly, and listeners have been told. It stays
 * until it is undone, also for the next test that shares the context: call
 * {@link #reset()} after each test, or use try-with-resources.
 */
public final class TestHealth implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final HealthMonitor health;

	private final CheckEngine checks;

	private final DrainController drain;

	private final Notifications notifications;

	private TestHealth(ApplicationContext context) {
		this.health = context.getBean(HealthMonitor.class);
		this.checks = context.getBean(CheckEngine.class);
		this.drain = context.getBean(DrainController.class);
		this.notifications = context.getBean(Notifications.class);
	}

	/**
	 * Return the health of an application.
	 * @param context its context, with the starter in it
	 * @return its health
	 */
	public static TestHealth of(ApplicationContext context) {
		return new TestHealth(context);
	}

	/**
	 * Return one check.
	 * @param name its exact name, such as {@code db}
	 * @return the check
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public TestCheck check(String name) {
		if (this.checks.snapshot().find(name) == null) {
			throw new IllegalArgumentException("There is no check '" + name + "'; there are "
					+ this.checks.snapshot()
						.states()
						.stream()
						.map(CheckState::name)
						.collect(Collectors.toCollection(TreeSet::new)));
		}
		return new TestCheck(this, name);
	}

	void hold(String name, CheckStatus status, @Nullable String error) {
		await(this.checks.hold(name, status, error), LIMIT);
	}

	void release(String name) {
		CheckState check = this.checks.snapshot().find(name);
		if (check != null) {
			await(this.checks.release(name), check.policy().timeout().plus(LIMIT));
		}
	}

	/**
	 * Begin a drain, as {@code POST /admin/drain} does.
	 */
	public void beginDrain() {
		this.drain.begin(DrainTrigger.API);
		awaitListeners();
	}

	/**
	 * Undo the drain, where one is under way.
	 */
	public void undoDrain() {
		this.drain.cancel();
		awaitListeners();
	}

	/**
	 * Return the state of the instance.
	 * @return the state that probes tell
	 */
	public HealthState state() {
		return snapshot().state();
	}

	/**
	 * Return the picture that probes answer from.
	 * @return the snapshot
	 */
	public HealthSnapshot snapshot() {
		return this.health.snapshot();
	}

	/**
	 * Undo what tests have done: each check tells of its dependency again, and has been
	 * asked anew; a drain is undone.
	 */
	public void reset() {
		this.checks.snapshot().states().forEach((check) -> release(check.name()));
		undoDrain();
	}

	/**
	 * Do as {@link #reset()}.
	 */
	@Override
	public void close() {
		reset();
	}

	private void await(CompletableFuture<Void> effect, Duration limit) {
		try {
			effect.get(limit.toNanos(), TimeUnit.NANOSECONDS);
			awaitListeners();
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("The checks do not run: has the context been closed?", ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private void awaitListeners() {
		try {
			if (!this.notifications.flush(LIMIT)) {
				throw new IllegalStateException("A listener has not come back for " + LIMIT.toSeconds() + "s");
			}
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private static IllegalStateException interrupted(InterruptedException cause) {
		Thread.currentThread().interrupt();
		return new IllegalStateException("Interrupted", cause);
	}

}
