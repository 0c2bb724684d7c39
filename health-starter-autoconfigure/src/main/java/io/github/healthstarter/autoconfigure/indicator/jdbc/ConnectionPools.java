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

package io.github.healthstarter.autoconfigure.indicator.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

import io.github.healthstarter.indicator.jdbc.ConnectionPool;
import io.github.healthstarter.indicator.pool.PoolLoad;

/**
 * Finds the pool behind a data source: HikariCP, another one that Spring Boot can read,
 * or an unknown one.
 */
final class ConnectionPools {

	private static final boolean HIKARI = isPresent("com.zaxxer.hikari.HikariDataSource");

	private static final boolean METADATA = isPresent(
			"org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider");

	private final SingletonSupplier<Metadata> metadata;

	ConnectionPools(BeanFactory beanFactory) {
		this.metadata = SingletonSupplier.of(() -> new Metadata(beanFactory));
	}

	/**
	 * Find the pool that is behind a data source now.
	 * @param dataSource the data source
	 * @param timeout the timeout of the check
	 * @return the pool
	 */
	ConnectionPool find(DataSource dataSource, Duration timeout) {
		DataSource target = withoutDelay(dataSource);
		ConnectionPool pool = HIKARI ? Hikari.find(target, timeout) : null;
		if (pool == null && METADATA) {
			pool = this.metadata.obtain().find(target);
		}
		return (pool != null) ? pool : ConnectionPool.of(target);
	}

	// These proxies hand out a connection before they have one
	private static DataSource withoutDelay(DataSource dataSource) {
		DataSource target = (dataSource instanceof LazyConnectionDataSourceProxy
				|| dataSource instanceof TransactionAwareDataSourceProxy)
						? ((DelegatingDataSource) dataSource).getTargetDataSource() : null;
		return (target != null) ? withoutDelay(target) : dataSource;
	}

	private static boolean isPresent(String name) {
		return ClassUtils.isPresent(name, ConnectionPools.class.getClassLoader());
	}

	private static final class Hikari {

		private Hikari() {
		}

		static @Nullable ConnectionPool find(DataSource dataSource, Duration timeout) {
			try {
				HikariDataSource pool = dataSource.isWrapperFor(HikariDataSource.class)
						? dataSource.unwrap(HikariDataSource.class) : null;
				return (pool != null) ? ConnectionPool.hikari(pool, timeout) : null;
			}
			catch (SQLException | RuntimeException | LinkageError ex) {
				return null;
			}
		}

	}

	private static final class Metadata {

		private final List<DataSourcePoolMetadataProvider> providers;

		private final Set<DataSource> opened = Collections
			.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

		Metadata(BeanFactory beanFactory) {
			this.providers = beanFactory.getBeanProvider(DataSourcePoolMetadataProvider.class).orderedStream().toList();
		}

		@Nullable ConnectionPool find(DataSource dataSource) {
			return this.providers.stream()
				.map((provider) -> metadata(provider, dataSource))
				.filter(Objects::nonNull)
				.findFirst()
				.map((found) -> ConnectionPool.metered(dataSource, () -> isOpen(dataSource), () -> load(found),
						TomcatPools.findUnpooled(dataSource)))
				.orElse(null);
		}

		// One that has had connections was opened, and may have lost them
		private boolean isOpen(DataSource dataSource) {
			if (TomcatPools.hasConnections(dataSource)) {
				this.opened.add(dataSource);
				return true;
			}
			return this.opened.contains(dataSource);
		}

		private static @Nullable DataSourcePoolMetadata metadata(DataSourcePoolMetadataProvider provider,
				DataSource dataSource) {
			try {
				return provider.getDataSourcePoolMetadata(dataSource);
			}
			catch (RuntimeException | LinkageError ex) {
				return null;
			}
		}

		private static PoolLoad load(DataSourcePoolMetadata metadata) {
			Integer active = metadata.getActive();
			Integer max = metadata.getMax();
			return (active != null && max != null && max > 0) ? new PoolLoad(active, active, max, -1)
					: PoolLoad.UNKNOWN;
		}

	}

}
