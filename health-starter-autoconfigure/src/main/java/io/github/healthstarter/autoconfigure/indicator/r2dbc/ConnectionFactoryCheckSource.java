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

package io.github.healthstarter.autoconfigure.indicator.r2dbc;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckSource;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.indicator.r2dbc.ConnectionFactoryIndicator;

/**
 * Makes a required check of every R2DBC connection factory in the context: {@code r2dbc},
 * or the bean's name where there are several. One that routes is taken apart, because
 * which of its targets it would ask depends on the subscriber.
 */
final class ConnectionFactoryCheckSource implements CheckSource {

	private static final String SINGLE_NAME = "r2dbc";

	private final ConfigurableListableBeanFactory beanFactory;

	private final @Nullable String query;

	ConnectionFactoryCheckSource(ConfigurableListableBeanFactory beanFactory, @Nullable String query) {
		this.beanFactory = beanFactory;
		this.query = query;
	}

	@Override
	public List<CheckCandidate> candidates() {
		Map<String, ConnectionFactory> factories = factories();
		boolean single = factories.size() == 1;
		return factories.entrySet()
			.stream()
			.map((entry) -> candidate(single ? SINGLE_NAME : entry.getKey(), entry.getValue()))
			.toList();
	}

	// Plain ones first, so that a target that is a bean as well is checked by the bean's
	// name
	private Map<String, ConnectionFactory> factories() {
		Map<String, ConnectionFactory> beans = SimpleAutowireCandidateResolver
			.resolveAutowireCandidates(this.beanFactory, ConnectionFactory.class, false, true);
		Map<String, ConnectionFactory> found = new LinkedHashMap<>();
		Set<ConnectionFactory> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		beans.forEach((name, factory) -> {
			if (RoutingTargets.of(factory).isEmpty() && seen.add(factory)) {
				found.put(name, factory);
			}
		});
		beans.forEach((name, factory) -> RoutingTargets.of(factory).forEach((key, target) -> {
			if (seen.add(target)) {
				found.put(name + "-" + key, target);
			}
		}));
		return found;
	}

	private CheckCandidate candidate(String name, ConnectionFactory factory) {
		return new CheckCandidate(name, Impact.REQUIRED,
				(policy) -> new ConnectionFactoryIndicator(factory, this.query, policy.timeout()));
	}

}
