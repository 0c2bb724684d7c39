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

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.instance.HealthInstance;

/**
 * Auto-configuration of the checks of data sources.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@ConditionalOnClass(AbstractRoutingDataSource.class)
public final class JdbcCheckAutoConfiguration {

	@Bean
	@Order(0)
	DataSourceCheckSource healthStarterDataSourceCheckSource(ConfigurableListableBeanFactory beanFactory,
			HealthProperties properties, HealthInstance instance) {
		return new DataSourceCheckSource(beanFactory, properties.getJdbc().settings(), instance::service,
				instance.time());
	}

}
