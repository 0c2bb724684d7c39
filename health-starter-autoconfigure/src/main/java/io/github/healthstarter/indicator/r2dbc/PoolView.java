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

import java.util.function.Supplier;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.indicator.pool.PoolLoad;

/**
 * View of the pool behind a connection factory.
 *
 * @param load the supplier of its load
 * @param unpooled the connection factory that the pool gets its connections from
 */
record PoolView(Supplier<PoolLoad> load, ConnectionFactory unpooled) {

	private static final boolean R2DBC_POOL = ClassUtils.isPresent("io.r2dbc.pool.ConnectionPool",
			PoolView.class.getClassLoader());

	/**
	 * Find the pool behind a connection factory.
	 * @param factory the connection factory
	 * @return the pool, {@code null} if none is known
	 */
	static @Nullable PoolView of(ConnectionFactory factory) {
		return R2DBC_POOL ? R2dbcPool.find(factory) : null;
	}

	/**
	 * The pool of R2DBC itself.
	 */
	private static final class R2dbcPool {

		private R2dbcPool() {
		}

		static @Nullable PoolView find(ConnectionFactory factory) {
			if (factory instanceof ConnectionPool pool) {
				return pool.getMetrics()
					.map((metrics) -> new PoolView(() -> load(metrics), pool.unwrap()))
					.orElse(null);
			}
			return (factory instanceof Wrapped<?> wrapper && wrapper.unwrap() instanceof ConnectionFactory wrapped)
					? find(wrapped) : null;
		}

		private static PoolLoad load(PoolMetrics metrics) {
			return new PoolLoad(metrics.acquiredSize(), metrics.allocatedSize(), metrics.getMaxAllocatedSize(),
					metrics.pendingAcquireSize());
		}

	}

}
