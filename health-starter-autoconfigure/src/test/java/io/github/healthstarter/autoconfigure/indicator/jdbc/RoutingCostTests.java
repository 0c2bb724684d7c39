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

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what the checks of a hundred routing targets cost, compared with those of a
 * hundred data sources, by the memory that one interval of them allocates.
 */
class RoutingCostTests {

	private static final int NUMBER = 100;

	private static final int WARM_UP = 50;

	private static final int INTERVALS = 20;

	private static final double TOLERANCE = 1.1;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final ApplicationContextRunner runner = StarterContext.runner()
		.withPropertyValues("management.health.ping.enabled=false", "health.check-defaults.interval=1h");

	@Test
	void hundredTargetsCostWhatAHundredDataSourcesCost() {
		Cost single = measure(this.runner.withInitializer(RoutingCostTests::registerEach), Status.UP);
		Cost routing = measure(this.runner.withInitializer(RoutingCostTests::registerRouting), Status.UP);
		assertThat(routing.connections()).isEqualTo(single.connections()).isEqualTo(NUMBER * INTERVALS);
		assertThat(routing.bytes()).isLessThanOrEqualTo((long) (single.bytes() * TOLERANCE));
	}

	@Test
	void hundredTargetsThatAreDownCostWhatAHundredDataSourcesCost() {
		Cost single = measure(this.runner.withInitializer(RoutingCostTests::registerEach), Status.DOWN);
		Cost routing = measure(this.runner.withInitializer(RoutingCostTests::registerRouting), Status.DOWN);
		assertThat(routing.connections()).isEqualTo(single.connections());
		assertThat(routing.bytes()).isLessThanOrEqualTo((long) (single.bytes() * TOLERANCE));
	}

	private static Cost measure(ApplicationContextRunner runner, Status expected) {
		Cost[] cost = new Cost[1];
		runner.run((context) -> {
			DataSourceCheckSource source = context.getBean(DataSourceCheckSource.class);
			List<StubDataSource> dataSources = StubDataSource.all(context);
			dataSources.forEach((dataSource) -> dataSource.valid = expected.equals(Status.UP));
			List<HealthIndicator> indicators = stopAndTakeOver(context.getBean(HealthInstance.class).checks());
			assertThat(indicators).hasSize(NUMBER);
			repeat(WARM_UP, source, indicators, expected);
			int connectionsBefore = StubDataSource.connections(dataSources);
			long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
			repeat(INTERVALS, source, indicators, expected);
			cost[0] = new Cost(StubDataSource.connections(dataSources) - connectionsBefore,
					THREADS.getCurrentThreadAllocatedBytes() - bytesBefore);
		});
		return cost[0];
	}

	private static List<HealthIndicator> stopAndTakeOver(CheckEngine checks) {
		checks.refresh().join();
		checks.stop();
		return checks.snapshot()
			.states()
			.stream()
			.map(CheckState::name)
			.map(checks::definition)
			.map(CheckDefinition::indicator)
			.toList();
	}

	// What is done in an interval: one comparison, and one run of each check
	private static void repeat(int times, DataSourceCheckSource source, List<HealthIndicator> indicators,
			Status expected) {
		for (int i = 0; i < times; i++) {
			assertThat(source.candidates().size()).isEqualTo(NUMBER);
			for (HealthIndicator indicator : indicators) {
				Health health = indicator.health();
				assertThat(health != null && health.getStatus().equals(expected)).isTrue();
			}
		}
	}

	private static void registerEach(ConfigurableApplicationContext context) {
		for (int i = 0; i < NUMBER; i++) {
			context.getBeanFactory().registerSingleton("tenants-" + i, new StubDataSource());
		}
	}

	private static void registerRouting(ConfigurableApplicationContext context) {
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				return 0;
			}

		};
		Map<Object, Object> targets = new LinkedHashMap<>();
		for (int i = 0; i < NUMBER; i++) {
			targets.put(i, new StubDataSource());
		}
		routing.setTargetDataSources(targets);
		routing.afterPropertiesSet();
		context.getBeanFactory().registerSingleton("tenants", routing);
	}

	/**
	 * The cost of some intervals.
	 *
	 * @param connections how many connections were taken
	 * @param bytes the memory allocated
	 */
	private record Cost(int connections, long bytes) {

	}

	/**
	 * A data source whose one connection costs nothing.
	 */
	private static final class StubDataSource extends AbstractDataSource {

		private final AtomicInteger connections = new AtomicInteger();

		private final Connection connection = (Connection) Proxy.newProxyInstance(StubDataSource.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "isValid" -> this.valid;
					case "getMetaData" -> this.metaData;
					case "toString" -> "stub";
					default -> (method.getReturnType() == boolean.class) ? false : null;
				});

		private final DatabaseMetaData metaData = (DatabaseMetaData) Proxy.newProxyInstance(
				StubDataSource.class.getClassLoader(), new Class<?>[] { DatabaseMetaData.class },
				(proxy, method, arguments) -> (method.getReturnType() == String.class) ? "stub" : null);

		private volatile boolean valid = true;

		static List<StubDataSource> all(ConfigurableApplicationContext context) {
			return context.getBeansOfType(DataSource.class)
				.values()
				.stream()
				.flatMap((dataSource) -> (dataSource instanceof AbstractRoutingDataSource routing)
						? routing.getResolvedDataSources().values().stream() : List.of(dataSource).stream())
				.map(StubDataSource.class::cast)
				.toList();
		}

		static int connections(List<StubDataSource> dataSources) {
			return dataSources.stream().mapToInt((dataSource) -> dataSource.connections.get()).sum();
		}

		@Override
		public Connection getConnection() {
			this.connections.incrementAndGet();
			return this.connection;
		}

		@Override
		public Connection getConnection(String user, String password) {
			return getConnection();
		}

	}

}
