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

import java.time.Duration;
import java.util.List;

import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

import io.github.healthstarter.autoconfigure.indicator.Dependencies;
import io.github.healthstarter.autoconfigure.indicator.DependencyCheckSource;
import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.indicator.r2dbc.ConnectionFactoryIndicator;
import io.github.healthstarter.time.TimeSource;

/**
 * Source of a required check for every R2DBC connection factory in the context:
 * {@code r2dbc}, or the bean's name if there are several. A connection factory that
 * routes is replaced with its targets, as they come and go.
 */
final class ConnectionFactoryCheckSource implements DependencyCheckSource {

	private final Dependencies<ConnectionFactory> factories;

	private final @Nullable String query;

	ConnectionFactoryCheckSource(ConfigurableListableBeanFactory beanFactory, @Nullable String query, TimeSource time) {
		this.factories = new Dependencies<>(ConnectionFactory.class, beanFactory, RoutingTargets::of, time);
		this.query = query;
	}

	@Override
	public String indicatorName() {
		return "r2dbc";
	}

	@Override
	public List<CheckCandidate> candidates() {
		return this.factories.candidates(indicatorName(), this::indicator);
	}

	private ConnectionFactoryIndicator indicator(ConnectionFactory factory, boolean opens, Duration timeout) {
		return new ConnectionFactoryIndicator(factory, opens, this.query, timeout);
	}

}
