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

package io.github.healthstarter.autoconfigure.indicator.redis;

import java.time.Duration;
import java.util.List;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.healthstarter.autoconfigure.indicator.Dependencies;
import io.github.healthstarter.autoconfigure.indicator.DependencyCheckSource;
import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.indicator.redis.RedisIndicator;
import io.github.healthstarter.indicator.redis.RedisValidation;
import io.github.healthstarter.time.TimeSource;

/**
 * Source of a required check for every Redis connection factory in the context:
 * {@code redis}, or the bean's name if there are several.
 */
final class RedisCheckSource implements DependencyCheckSource {

	private final Dependencies<RedisConnectionFactory> factories;

	private final RedisValidation validation;

	private final TimeSource time;

	RedisCheckSource(ConfigurableListableBeanFactory beanFactory, RedisValidation validation, TimeSource time) {
		this.factories = new Dependencies<>(RedisConnectionFactory.class, beanFactory, (factory) -> null, time);
		this.validation = validation;
		this.time = time;
	}

	@Override
	public String indicatorName() {
		return "redis";
	}

	@Override
	public List<CheckCandidate> candidates() {
		return this.factories.candidates(indicatorName(), this::indicator);
	}

	private RedisIndicator indicator(RedisConnectionFactory factory, boolean opens, Duration timeout) {
		return new RedisIndicator(factory, this.validation, this.time, timeout);
	}

}
