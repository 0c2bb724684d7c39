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
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckSource;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.indicator.jdbc.DataSourceIndicator;
import io.github.healthstarter.indicator.jdbc.ValidationSettings;
import io.github.healthstarter.probe.ServiceInfo;

/**
 * Makes a required check of every data source in the context: {@code db}, or the bean's
 * name where there are several. One that routes is taken apart, because which of its
 * targets it would ask depends on the caller.
 */
final class DataSourceCheckSource implements CheckSource {

	private static final String SINGLE_NAME = "db";

	private final ConfigurableListableBeanFactory beanFactory;

	private final ConnectionPools pools;

	private final Validations validations;

	DataSourceCheckSource(ConfigurableListableBeanFactory beanFactory, ValidationSettings settings) {
		this.beanFactory = beanFactory;
		this.pools = new ConnectionPools(beanFactory);
		this.validations = new Validations(settings, beanFactory.getBeanProvider(ServiceInfo.class));
	}

	@Override
	public List<CheckCandidate> candidates() {
		Map<String, DataSource> dataSources = dataSources();
		boolean single = dataSources.size() == 1;
		return dataSources.entrySet()
			.stream()
			.map((entry) -> candidate(single ? SINGLE_NAME : entry.getKey(), entry.getValue()))
			.toList();
	}

	// Plain ones first, so that a target that is a bean as well is checked by the bean's
	// name
	private Map<String, DataSource> dataSources() {
		Map<String, DataSource> beans = SimpleAutowireCandidateResolver.resolveAutowireCandidates(this.beanFactory,
				DataSource.class, false, true);
		Map<String, DataSource> found = new LinkedHashMap<>();
		Set<DataSource> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		beans.forEach((name, dataSource) -> {
			if (routing(dataSource) == null && seen.add(dataSource)) {
				found.put(name, dataSource);
			}
		});
		beans.forEach((name, dataSource) -> targets(dataSource).forEach((key, target) -> {
			if (seen.add(target)) {
				found.put(name + "-" + key, target);
			}
		}));
		return found;
	}

	private static Map<Object, DataSource> targets(DataSource dataSource) {
		AbstractRoutingDataSource routing = routing(dataSource);
		if (routing == null) {
			return Map.of();
		}
		Map<Object, DataSource> targets = new LinkedHashMap<>(routing.getResolvedDataSources());
		if (routing.getResolvedDefaultDataSource() != null) {
			targets.putIfAbsent("default", routing.getResolvedDefaultDataSource());
		}
		return targets;
	}

	private static @Nullable AbstractRoutingDataSource routing(DataSource dataSource) {
		try {
			return dataSource.isWrapperFor(AbstractRoutingDataSource.class)
					? dataSource.unwrap(AbstractRoutingDataSource.class) : null;
		}
		catch (SQLException | RuntimeException ex) {
			return null;
		}
	}

	private CheckCandidate candidate(String name, DataSource dataSource) {
		return new CheckCandidate(name, Impact.REQUIRED,
				(policy) -> new DataSourceIndicator(this.pools.find(dataSource, policy.timeout()),
						this.validations.create(policy.timeout())));
	}

}
