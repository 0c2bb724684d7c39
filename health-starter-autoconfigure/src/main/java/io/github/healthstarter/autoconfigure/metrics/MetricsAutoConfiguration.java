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

package io.github.healthstarter.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.server.ApplicationProbeServer;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.metrics.HealthMetrics;

/**
 * Auto-configuration of the meters.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@ConditionalOnClass(MeterRegistry.class)
public final class MetricsAutoConfiguration {

	@Bean
	HealthMetrics healthStarterMetrics(HealthInstance instance) {
		return new HealthMetrics(instance);
	}

	/**
	 * The scrape on the probe server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("health.server.metrics")
	@ConditionalOnClass(name = "io.micrometer.prometheusmetrics.PrometheusMeterRegistry")
	static class Scrape {

		@Bean
		ScrapeAttachment healthStarterScrapeAttachment(ApplicationContext context,
				ObjectProvider<PrometheusMeterRegistry> registry) {
			return new ScrapeAttachment(registry, ApplicationProbeServer.of(context));
		}

	}

}
