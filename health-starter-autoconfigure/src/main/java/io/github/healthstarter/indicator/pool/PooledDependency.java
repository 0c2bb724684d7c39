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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

/**
 * Dependency that is reached through a pool of connections, as {@link PoolRule} checks
 * it.
 */
public interface PooledDependency {

	/**
	 * Return the load of the pool now.
	 * @return the load, {@link PoolLoad#UNKNOWN} if the pool does not report it
	 */
	default PoolLoad load() {
		return PoolLoad.UNKNOWN;
	}

	/**
	 * Return whether {@link #checkPooled()} leaves the queue of a full pool after
	 * {@link PoolRule#maxWait}. If not, a full pool is never waited for.
	 * @return {@code true} if the wait has a limit
	 */
	default boolean limitsWait() {
		return false;
	}

	/**
	 * Check the dependency on a connection of the pool.
	 * @return the result
	 * @throws NoConnectionException if the pool provides no connection
	 */
	Health checkPooled();

	/**
	 * Check the dependency on one connection outside the pool, set up as the pool does
	 * it.
	 * @return the result, {@code null} if there is no public way to open one
	 * @throws NoConnectionException if the connection cannot be opened
	 */
	default @Nullable Health checkUnpooled() {
		return null;
	}

}
