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
import java.util.List;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import io.github.healthstarter.autoconfigure.indicator.Dependencies;
import io.github.healthstarter.autoconfigure.indicator.DependencyCheckSource;
import io.github.healthstarter.autoconfigure.indicator.Routing;
import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.indicator.jdbc.DataSourceIndicator;
import io.github.healthstarter.indicator.jdbc.ValidationSettings;
import io.github.healthstarter.time.TimeSource;

/**
 * Source of a required check for every data source in the context: {@code db}, or the
 * bean's name if there are several. A data source that routes is replaced with its
 * targets, as they come and go.
 */
final class DataSourceCheckSource implements DependencyCheckSource {

	private final Dependencies<DataSource> dataSources;

	private final ConnectionPools pools;

	private final Validations validations;

	DataSourceCheckSource(ConfigurableListableBeanFactory beanFactory, ValidationSettings settings,
			Supplier<ServiceInfo> service, TimeSource time) {
		this.dataSources = new Dependencies<>(DataSource.class, beanFactory, DataSourceCheckSource::targets, time);
		this.pools = new ConnectionPools(beanFactory);
		this.validations = new Validations(settings, service);
	}

	@Override
	public String indicatorName() {
		return "db";
	}

	@Override
	public List<CheckCandidate> candidates() {
		return this.dataSources.candidates(indicatorName(), this::indicator);
	}

	private static @Nullable Routing<DataSource> targets(DataSource dataSource) {
		AbstractRoutingDataSource routing = routing(dataSource);
		return (routing != null) ? Routing.of(routing.getResolvedDataSources(), routing.getResolvedDefaultDataSource())
				: null;
	}

	private static @Nullable AbstractRoutingDataSource routing(DataSource dataSource) {
		try {
			return dataSource.isWrapperFor(AbstractRoutingDataSource.class)
					? dataSource.unwrap(AbstractRoutingDataSource.class) : null;
		}
		catch (SQLException | RuntimeException | LinkageError ex) {
			return null;
		}
	}

	private DataSourceIndicator indicator(DataSource dataSource, boolean opens, Duration timeout) {
		return new DataSourceIndicator(() -> this.pools.find(dataSource, timeout), opens,
				this.validations.create(timeout));
	}

}
