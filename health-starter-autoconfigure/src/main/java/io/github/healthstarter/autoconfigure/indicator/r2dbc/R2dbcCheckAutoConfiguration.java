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

import io.r2dbc.spi.ConnectionFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.indicator.jdbc.ValidationSettings;
import io.github.healthstarter.indicator.jdbc.ValidationSettings.Kind;
import io.github.healthstarter.instance.HealthInstance;

/**
 * Auto-configuration of the checks of databases that are reached through R2DBC. They are
 * validated as data sources are, except that nothing is written.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@ConditionalOnClass(value = ConnectionFactory.class, name = "reactor.core.publisher.Mono")
public final class R2dbcCheckAutoConfiguration {

	@Bean
	@Order(0)
	ConnectionFactoryCheckSource healthStarterConnectionFactoryCheckSource(ConfigurableListableBeanFactory beanFactory,
			HealthProperties properties, HealthInstance instance) {
		ValidationSettings settings = properties.getJdbc().settings();
		return new ConnectionFactoryCheckSource(beanFactory, (settings.kind() == Kind.QUERY) ? settings.query() : null,
				instance.time());
	}

}
