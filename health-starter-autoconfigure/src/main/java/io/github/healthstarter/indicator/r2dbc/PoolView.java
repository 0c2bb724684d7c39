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

package io.github.healthstarter.indicator.r2dbc;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * What a pool lets see of itself.
 */
interface PoolView {

	/**
	 * Tell how short of connections the pool is.
	 * @return the counts, {@code null} where it has connections to give
	 */
	@Nullable String shortage();

	/**
	 * Return where the pool gets its connections from.
	 * @return the way around the pool
	 */
	ConnectionFactory target();

	/**
	 * Find the pool behind a connection factory.
	 * @param factory the connection factory
	 * @return the pool, {@code null} where there is none that is known
	 */
	static @Nullable PoolView of(ConnectionFactory factory) {
		return ClassUtils.isPresent("io.r2dbc.pool.ConnectionPool", PoolView.class.getClassLoader())
				? R2dbcPool.find(factory) : null;
	}

	/**
	 * The pool of R2DBC itself.
	 *
	 * @param pool the pool
	 * @param metrics its counts
	 */
	record R2dbcPool(ConnectionPool pool, PoolMetrics metrics) implements PoolView {

		static @Nullable PoolView find(ConnectionFactory factory) {
			if (factory instanceof ConnectionPool pool) {
				return pool.getMetrics().map((metrics) -> new R2dbcPool(pool, metrics)).orElse(null);
			}
			return (factory instanceof Wrapped<?> wrapper && wrapper.unwrap() instanceof ConnectionFactory wrapped)
					? find(wrapped) : null;
		}

		@Override
		public @Nullable String shortage() {
			int acquired = this.metrics.acquiredSize();
			int max = this.metrics.getMaxAllocatedSize();
			return (acquired >= max) ? "pool exhausted: %d of %d in use, %d waiting".formatted(acquired, max,
					this.metrics.pendingAcquireSize()) : null;
		}

		@Override
		public ConnectionFactory target() {
			return this.pool.unwrap();
		}

	}

}
