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

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the checks of data sources beside one that is broken.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrokenDataSourceTests {

	private final AtomicInteger creations = new AtomicInteger();

	private final ApplicationContextRunner runner = StarterContext.runner()
		.withBean("orders", DataSource.class, RefusingDataSource::new)
		.withPropertyValues("management.health.ping.enabled=false", "health.check-defaults.interval=100ms");

	@Test
	void routerThatIsNotInitializedHidesNoOther(CapturedOutput output) {
		this.runner.withBean("tenants", DataSource.class, () -> new DelegatingDataSource(new UninitializedRouter()))
			.run((context) -> assertBothAreDown(context, "tenants"));
		assertThat(output).containsOnlyOnce("'tenants'");
	}

	@Test
	void beanThatCannotBeCreatedHidesNoOtherAndIsTriedOnce(CapturedOutput output) {
		this.runner.withBean("lazy", DataSource.class, () -> {
			this.creations.incrementAndGet();
			throw new IllegalStateException("no driver");
		}, BrokenDataSourceTests::setLazy).run((context) -> {
			assertBothAreDown(context, "lazy");
			CheckState state = state(context, "lazy");
			await().until(() -> !state(context, "lazy").equals(state));
			assertThat(this.creations).hasValue(1);
		});
		assertThat(output).containsOnlyOnce("'lazy' is down");
	}

	private static void setLazy(BeanDefinition definition) {
		definition.setLazyInit(true);
	}

	private static void assertBothAreDown(ApplicationContext context, String broken) {
		await().untilAsserted(() -> {
			assertThat(state(context, "orders").status()).isEqualTo(CheckStatus.DOWN);
			assertThat(state(context, broken).status()).isEqualTo(CheckStatus.DOWN);
		});
		assertThat(context.getBean(HealthInstance.class).health().snapshot().state()).isEqualTo(HealthState.FAILING);
	}

	private static CheckState state(ApplicationContext context, String name) {
		List<CheckState> states = List.copyOf(context.getBean(HealthInstance.class).checks().snapshot().states());
		assertThat(states).extracting(CheckState::name).contains(name);
		return states.stream().filter((state) -> state.name().equals(name)).findFirst().orElseThrow();
	}

	private static final class UninitializedRouter extends AbstractRoutingDataSource {

		UninitializedRouter() {
			setTargetDataSources(Map.of("acme", new RefusingDataSource()));
		}

		@Override
		protected Object determineCurrentLookupKey() {
			return "acme";
		}

	}

	private static final class RefusingDataSource extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			throw new SQLException("refused");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			throw new SQLException("refused");
		}

	}

}
