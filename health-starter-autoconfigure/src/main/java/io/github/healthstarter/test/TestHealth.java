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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckSnapshot;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.notification.Notifications;
import io.github.healthstarter.text.DurationText;

/**
 * The health of an application under test. What a test does here takes effect before the
 * call returns: probes answer accordingly, and listeners have been notified. It lasts
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
		HealthInstance instance = context.getBean(HealthInstance.class);
		this.health = instance.health();
		this.checks = instance.checks();
		this.drain = instance.drain();
		this.notifications = instance.notifications();
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
	 * @param name its name, written as in properties: {@code disk-space} is
	 * {@code diskSpace} too
	 * @return the check
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public TestCheck check(String name) {
		CheckSnapshot snapshot = this.checks.snapshot();
		if (snapshot.find(name) != null) {
			return new TestCheck(this, name);
		}
		String canonical = CheckSnapshot.canonical(name);
		Set<String> names = snapshot.states()
			.stream()
			.map(CheckState::name)
			.collect(Collectors.toCollection(TreeSet::new));
		return names.stream()
			.filter((known) -> CheckSnapshot.canonical(known).equals(canonical))
			.findFirst()
			.map((known) -> new TestCheck(this, known))
			.orElseThrow(() -> new IllegalArgumentException("There is no check '" + name + "'; there are " + names));
	}

	void override(String name, CheckStatus status, @Nullable String error) {
		CheckDefinition definition = this.checks.definition(name);
		CheckState state = this.checks.snapshot().find(name);
		if (definition != null && state != null) {
			OverriddenResult result = OverriddenResult.of(definition, state, status, error);
			await(this.checks.restart(result.definition(), state), LIMIT);
		}
	}

	void clearOverride(String name) {
		CheckDefinition definition = this.checks.definition(name);
		if (definition != null && definition.indicator() instanceof OverriddenResult result) {
			CheckDefinition original = result.original();
			await(this.checks.restart(original, result.before()),
					original.policy().timeout().multipliedBy(3).plus(LIMIT));
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
	 * Undo the drain, if there is one.
	 */
	public void undoDrain() {
		this.drain.cancel();
		awaitListeners();
	}

	/**
	 * Return the state of the instance.
	 * @return the state that probes report
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
	 * Undo what tests have done: clear the override of each check, which has been run
	 * again then, and undo the drain.
	 */
	public void reset() {
		this.checks.snapshot().states().forEach((check) -> clearOverride(check.name()));
		undoDrain();
	}

	/**
	 * Undo what tests have done.
	 * @see #reset()
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
			throw new IllegalStateException("The checks do not run; check that the context has not been closed", ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private void awaitListeners() {
		try {
			if (!this.notifications.flush(LIMIT)) {
				throw new IllegalStateException("A listener has not returned for " + DurationText.exact(LIMIT));
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
