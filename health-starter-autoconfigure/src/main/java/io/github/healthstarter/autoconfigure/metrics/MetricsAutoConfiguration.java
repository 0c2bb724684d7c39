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
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.Replaceable;
import io.github.healthstarter.autoconfigure.drain.DrainAutoConfiguration;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.ProbeCounters;
import io.github.healthstarter.metrics.HealthMetrics;
import io.github.healthstarter.metrics.ScrapeRoute;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Traffic;
import io.github.healthstarter.web.Route;

/**
 * Auto-configuration of the meters.
 */
@AutoConfiguration(after = DrainAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnHealthEnabled
@ConditionalOnClass(MeterRegistry.class)
public final class MetricsAutoConfiguration {

	@Bean
	@Replaceable
	HealthMetrics healthStarterMetrics(HealthMonitor health, ProbeCounters counters, Traffic traffic,
			DrainController drain, TimeSource time) {
		return new HealthMetrics(health, counters, traffic.requests(), drain, time);
	}

	/**
	 * The scrape on the probe server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("health.server.metrics")
	@ConditionalOnClass(name = "io.micrometer.prometheusmetrics.PrometheusMeterRegistry")
	static class Scrape {

		@Bean
		@Replaceable(byName = true)
		@ConditionalOnBean(type = "io.micrometer.prometheusmetrics.PrometheusMeterRegistry")
		Route healthStarterScrapeRoute(PrometheusMeterRegistry registry) {
			return new ScrapeRoute(registry);
		}

	}

}
