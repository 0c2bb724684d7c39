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

package io.github.healthstarter.indicator.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.indicator.pool.PoolLoad;

/**
 * Pool that reports its load and waits for a connection as long as it is configured to.
 *
 * @param dataSource the pool
 * @param isOpen whether it is open, {@code true} if it does not say
 * @param currentLoad the supplier of its load
 * @param unpooled the way to connect outside the pool, {@code null} if there is none
 */
record MeteredConnectionPool(DataSource dataSource, BooleanSupplier isOpen, Supplier<PoolLoad> currentLoad,
		@Nullable UnpooledConnection unpooled) implements ConnectionPool {

	@Override
	public @Nullable Connection getConnection() throws SQLException {
		return this.dataSource.getConnection();
	}

	@Override
	public Opening opening() {
		return this.isOpen.getAsBoolean() ? Opening.OPEN : Opening.NOT_TRIED;
	}

	@Override
	public PoolLoad load() {
		return this.currentLoad.get();
	}

}
