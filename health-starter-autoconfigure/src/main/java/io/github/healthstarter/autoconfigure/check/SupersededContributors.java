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

package io.github.healthstarter.autoconfigure.check;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.util.function.SingletonSupplier;

/**
 * The contributors of Spring Boot's own auto-configuration that are not run: those that
 * ask what the starter's checks ask already, and those that show what is decided here.
 * What an application has made itself, of whatever type, is its own and is run.
 */
final class SupersededContributors implements Predicate<Object> {

	private static final Set<String> CONFIGURATIONS = Set.of(
			"org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration",
			"org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration",
			"org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration",
			"org.springframework.boot.r2dbc.autoconfigure.health.ConnectionFactoryHealthContributorAutoConfiguration",
			"org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration",
			"org.springframework.boot.data.redis.autoconfigure.health.DataRedisReactiveHealthContributorAutoConfiguration");

	private final ConfigurableListableBeanFactory beanFactory;

	private final SingletonSupplier<Set<Object>> contributors = SingletonSupplier.of(this::find);

	SupersededContributors(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public boolean test(Object contributor) {
		return this.contributors.obtain().contains(contributor);
	}

	private Set<Object> find() {
		Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
		Stream.of(HealthContributor.class, ReactiveHealthContributor.class)
			.flatMap((type) -> Stream.of(this.beanFactory.getBeanNamesForType(type)))
			.filter(this::isMadeBySpringBoot)
			.forEach((name) -> found.add(this.beanFactory.getBean(name)));
		return found;
	}

	private boolean isMadeBySpringBoot(String name) {
		if (!this.beanFactory.containsBeanDefinition(name)) {
			return false;
		}
		String factory = this.beanFactory.getMergedBeanDefinition(name).getFactoryBeanName();
		Class<?> type = (factory != null) ? this.beanFactory.getType(factory) : null;
		return type != null && CONFIGURATIONS.contains(type.getName());
	}

}
