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

package io.github.healthstarter.indicator.pool;

import java.time.Duration;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.healthstarter.indicator.pool.NoConnectionException.Reason;

/**
 * Rule for exhausted pools. A pool with every connection in use is {@code DEGRADED} and
 * never more than that, because taking instances out of traffic makes it worse; a
 * dependency that is gone is {@code DOWN}. To tell one from the other, the dependency of
 * an exhausted pool is checked on a connection outside it. Safe for any number of
 * threads.
 */
public final class PoolRule {

	/**
	 * Leaves most of the time to the connection outside the pool.
	 */
	private static final int SHARE_OF_TIMEOUT = 4;

	private PoolRule() {
	}

	/**
	 * Return the longest wait for a connection of a pool.
	 * @param timeout the timeout of the check
	 * @return the wait, at least a millisecond
	 */
	public static Duration maxWait(Duration timeout) {
		return Duration.ofMillis(Math.max(1, timeout.dividedBy(SHARE_OF_TIMEOUT).toMillis()));
	}

	/**
	 * Check a dependency, without joining the queue of an exhausted pool.
	 * @param dependency the dependency
	 * @return its own result; {@code DEGRADED} if that is {@code UP} and the pool is
	 * exhausted
	 */
	public static Health check(PooledDependency dependency) {
		PoolLoad load = load(dependency);
		if (load.isQueued() || (load.isFull() && !dependency.limitsWait())) {
			return checkWhileExhausted(dependency, load);
		}
		try {
			return dependency.checkPooled();
		}
		catch (NoConnectionException ex) {
			return checkAfterFailure(dependency, ex);
		}
	}

	/**
	 * Check a dependency whose pool is not open, and leave the pool as it is.
	 * @param dependency the dependency
	 * @return its own result on a connection outside the pool, unknown if there is no
	 * public way to open one
	 */
	public static Health checkOutside(PooledDependency dependency) {
		try {
			Health health = dependency.checkUnpooled();
			return (health != null) ? health : notOpened();
		}
		catch (NoConnectionException ex) {
			return down(ex.reasonText());
		}
	}

	/**
	 * Return the result for a pool that is not open, and of which nothing else is known.
	 * @return unknown, which passes
	 */
	public static Health notOpened() {
		return with(Health.unknown().build(), Status.UNKNOWN, "not opened");
	}

	// A pool whose load cannot be read may still have connections
	private static PoolLoad load(PooledDependency dependency) {
		try {
			return dependency.load();
		}
		catch (RuntimeException | LinkageError ex) {
			return PoolLoad.UNKNOWN;
		}
	}

	// A shortage that is over by the time of the answer is none
	private static Health checkWhileExhausted(PooledDependency dependency, PoolLoad load) {
		String shortage = exhausted(load);
		Health health = checkUnpooled(dependency, load, shortage);
		return load(dependency).isFull() ? degradedIfUp(health, shortage) : health;
	}

	private static Health checkAfterFailure(PooledDependency dependency, NoConnectionException ex) {
		PoolLoad load = load(dependency);
		if (Thread.currentThread().isInterrupted()) {
			return down(ex.reasonText());
		}
		if (load.isFull() || ex.reason() == Reason.POOL_TIMEOUT) {
			String shortage = load.isFull() ? exhausted(load) : timedOut(load, ex);
			return degradedIfUp(checkUnpooled(dependency, load, shortage), shortage);
		}
		return (ex.reason() == Reason.CONNECTION_LIMIT && load.total() > 0) ? limited(load.toString())
				: down(ex.reasonText());
	}

	private static Health checkUnpooled(PooledDependency dependency, PoolLoad load, String shortage) {
		try {
			Health health = dependency.checkUnpooled();
			return (health != null) ? withShortageIfDown(health, shortage)
					: degraded(Health.unknown().build(), shortage);
		}
		catch (NoConnectionException ex) {
			boolean hasConnections = load.total() > 0 || !load.isKnown();
			return (ex.reason() == Reason.CONNECTION_LIMIT && hasConnections) ? limited(shortage)
					: down(ex.reasonText() + "; " + shortage);
		}
	}

	private static String exhausted(PoolLoad load) {
		return "pool exhausted: " + load;
	}

	private static String timedOut(PoolLoad load, NoConnectionException ex) {
		return load.isKnown() ? ex.reasonText() + ": " + load : ex.reasonText();
	}

	private static Health withShortageIfDown(Health health, String shortage) {
		Object error = health.getDetails().get("error");
		return (Status.DOWN.equals(health.getStatus()) && error != null)
				? with(health, Status.DOWN, error + "; " + shortage) : health;
	}

	private static Health degradedIfUp(Health health, String shortage) {
		return Status.UP.equals(health.getStatus()) ? degraded(health, shortage) : health;
	}

	private static Health limited(String shortage) {
		return degraded(Health.unknown().build(), shortage + "; the server takes no more connections");
	}

	private static Health degraded(Health health, String error) {
		return with(health, new Status("DEGRADED"), error);
	}

	private static Health down(String error) {
		return with(Health.unknown().build(), Status.DOWN, error);
	}

	private static Health with(Health health, Status status, String error) {
		return Health.status(status).withDetails(health.getDetails()).withDetail("error", error).build();
	}

}
