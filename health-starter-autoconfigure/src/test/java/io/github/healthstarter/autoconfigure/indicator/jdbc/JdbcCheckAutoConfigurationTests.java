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
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Answers;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.BusyPool;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class JdbcCheckAutoConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner()
		.withConfiguration(AutoConfigurations.of(DataSourceHealthContributorAutoConfiguration.class))
		.withPropertyValues("management.health.ping.enabled=false");

	private final ApplicationContextRunner singleRunner = this.runner
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:single");

	@Test
	void onlyDataSourceIsTheRequiredCheckDb() {
		this.singleRunner.run((context) -> {
			assertThat(context).hasBean("dbHealthContributor");
			assertThat(states(context)).singleElement().satisfies((state) -> {
				assertThat(state.name()).isEqualTo("db");
				assertThat(state.policy().impact()).isEqualTo(Impact.REQUIRED);
			});
			awaitUp(context);
			assertThat(states(context).get(0).lastRun().details()).containsOnly(Map.entry("database", "H2"));
		});
	}

	@Test
	void dataSourceThatIsMockedReturnsNoConnection() {
		this.runner.withBean(DataSource.class, () -> mock(DataSource.class))
			.run((context) -> await()
				.untilAsserted(() -> assertThat(states(context)).singleElement().satisfies((state) -> {
					assertThat(state.status()).isEqualTo(CheckStatus.DOWN);
					assertThat(state.error()).isEqualTo("the data source returned no connection");
				})));
	}

	@Test
	void dataSourceWithoutTheMethodsOfWrappersIsChecked() throws SQLException {
		Connection connection = mock(Connection.class, Answers.RETURNS_DEEP_STUBS);
		given(connection.isValid(anyInt())).willReturn(true);
		DataSource old = mock(DataSource.class);
		given(old.isWrapperFor(any())).willThrow(new AbstractMethodError("isWrapperFor"));
		given(old.unwrap(any())).willThrow(new AbstractMethodError("unwrap"));
		given(old.getConnection()).willReturn(connection);
		StarterContext.runner()
			.withPropertyValues("management.health.ping.enabled=false")
			.withBean(DataSource.class, () -> old)
			.run((context) -> awaitUp(context));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.db.enabled=false", "management.health.defaults.enabled=false" })
	void dataSourceIsNotCheckedIfActuatorsSwitchIsOff(String property, CapturedOutput output) {
		this.singleRunner.withPropertyValues(property).run((context) -> assertThat(states(context)).isEmpty());
		assertThat(output).containsOnlyOnce("Not checked, because Actuator's switches are off: 'db' (" + property
				+ "); 'health.checks.<name>.enabled=true' brings a check back");
	}

	@Test
	void allDataSourcesAreNotCheckedIfActuatorsSwitchIsOff() {
		this.runner.withUserConfiguration(Several.class)
			.withPropertyValues("management.health.db.enabled=false", "health.checks.auditDataSource.enabled=true")
			.run((context) -> assertThat(states(context)).extracting(CheckState::name)
				.containsExactly("auditDataSource"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "health.checks.db.enabled=true", "management.health.db.enabled=true" })
	void dataSourceIsCheckedIfASwitchOfItsOwnIsOn(String property) {
		this.singleRunner.withPropertyValues("management.health.defaults.enabled=false", property)
			.run((context) -> awaitUp(context));
	}

	@Test
	void severalDataSourcesAreChecksByTheNamesOfTheirBeans() {
		this.runner.withUserConfiguration(Several.class)
			.run((context) -> assertThat(states(context)).extracting(CheckState::name)
				.containsExactlyInAnyOrder("ordersDataSource", "auditDataSource", "archiveDataSource"));
	}

	@Test
	void defaultTargetOfARoutingDataSourceIsCheckedOnce() {
		this.runner.withUserConfiguration(RoutingWithDefaults.class)
			.run((context) -> assertThat(states(context)).extracting(CheckState::name)
				.containsExactlyInAnyOrder("apart-replica", "apart-default", "among-primary"));
	}

	@Test
	void targetsOfARoutingDataSourceAreChecksOfTheirOwn() {
		this.runner.withUserConfiguration(Routing.class)
			.run((context) -> assertThat(states(context)).extracting(CheckState::name)
				.containsExactlyInAnyOrder("routing-east", "routing-west"));
	}

	@Test
	void targetThatIsABeanIsCheckedOnceAndByTheNameOfTheBean() {
		this.runner.withUserConfiguration(RoutingToBeans.class).run((context) -> {
			assertThat(states(context)).extracting(CheckState::name).containsExactlyInAnyOrder("reader", "writer");
			awaitUp(context);
		});
	}

	@Test
	void ownIndicatorAsksInTheStartersPlace() {
		this.singleRunner.withUserConfiguration(OwnIndicator.class).run((context) -> {
			assertThat(states(context)).singleElement().satisfies((state) -> {
				assertThat(state.name()).isEqualTo("db");
				assertThat(state.policy().impact()).isEqualTo(Impact.REQUIRED);
			});
			awaitUp(context);
			assertThat(states(context).get(0).lastRun().details()).containsEntry("asked", "by me");
		});
	}

	@Test
	void indicatorDerivedFromSpringBootsIsTheApplicationsOwn() {
		this.singleRunner.withUserConfiguration(DerivedIndicator.class).run((context) -> {
			awaitUp(context);
			assertThat(states(context)).singleElement()
				.satisfies(
						(state) -> assertThat(state.lastRun().details()).containsEntry("validationQuery", "select 42"));
		});
	}

	@Test
	void dataSourceIsCheckedWithLazyInitialization() {
		this.singleRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(states(context)).extracting(CheckState::name).containsExactly("db");
				awaitUp(context);
			});
	}

	@Test
	void disabledCheckIsNotReplacedBySpringBootsIndicator() {
		this.singleRunner.withPropertyValues("health.checks.db.enabled=false")
			.run((context) -> assertThat(states(context)).isEmpty());
	}

	@Test
	void timeoutOfTheCheckReachesTheDriver() {
		this.singleRunner.withPropertyValues("health.checks.db.timeout=7s")
			.run((context) -> assertThat(states(context).get(0).policy().timeout()).hasSeconds(7));
	}

	@Test
	void poolBehindAWrapperIsLookedAt() {
		this.runner.withUserConfiguration(WrappedPool.class)
			.withPropertyValues("health.check-defaults.interval=50ms", "health.check-defaults.retry-interval=50ms")
			.run((context) -> {
				awaitUp(context);
				try (BusyPool busy = BusyPool.of(context.getBean(DataSource.class).unwrap(HikariDataSource.class), 2)) {
					assertThat(busy).isNotNull();
					awaitError(context, "pool exhausted: 1 of 1 in use, 2 waiting");
				}
				awaitUp(context);
			});
	}

	@Test
	void poolThatSpringBootCanReadIsLookedAt() {
		this.runner.withUserConfiguration(OtherPool.class)
			.run((context) -> awaitError(context, "pool exhausted: 8 of 8 in use"));
	}

	@Test
	void poolThatTellsNothingIsJudgedByTheAttempt() {
		this.runner.withUserConfiguration(SilentPool.class)
			.run((context) -> await().untilAsserted(() -> assertThat(states(context)).singleElement()
				.extracting(CheckState::status)
				.isEqualTo(CheckStatus.DOWN)));
	}

	@Test
	void queryIsRun() {
		this.singleRunner.withPropertyValues("health.jdbc.validation=query", "health.jdbc.query=select 1 from absent")
			.run((context) -> await().untilAsserted(() -> {
				assertThat(states(context).get(0).status()).isEqualTo(CheckStatus.DOWN);
				assertThat(states(context).get(0).lastRun().error()).contains("\"ABSENT\" not found");
			}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "always" })
	void rowOfTheInstanceIsWrittenIntoATableThatIsCreated(String initialization) {
		this.singleRunner
			.withPropertyValues("health.jdbc.validation=write", "health.jdbc.initialize-schema=" + initialization,
					"health.jdbc.table=probes", "HOSTNAME=orders-7d9f")
			.run((context) -> {
				awaitUp(context);
				assertThat(JdbcClient.create(context.getBean(DataSource.class))
					.sql("select instance_name from probes")
					.query(String.class)
					.list()).containsExactly("orders-7d9f");
			});
	}

	@Test
	void tableIsNotCreatedUnlessAskedFor() {
		this.singleRunner.withPropertyValues("health.jdbc.validation=write")
			.run((context) -> await().untilAsserted(() -> {
				assertThat(states(context).get(0).status()).isEqualTo(CheckStatus.DOWN);
				assertThat(states(context).get(0).lastRun().error())
					.startsWith("table 'health_probe' is missing; to create it, run: create table health_probe (");
			}));
	}

	@Test
	void nothingIsCheckedWithoutADataSource() {
		StarterContext.runner()
			.withPropertyValues("management.health.ping.enabled=false")
			.run((context) -> assertThat(states(context)).isEmpty());
	}

	@Test
	void sourceIsAbsentWithoutSpringJdbc() {
		StarterContext.runner()
			.withUserConfiguration(Several.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DataSourceCheckSource.class));
	}

	@Test
	void sourceIsAbsentWhenDisabled() {
		this.singleRunner.withPropertyValues("health.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DataSourceCheckSource.class));
	}

	private static List<CheckState> states(ApplicationContext context) {
		return List.copyOf(context.getBean(HealthInstance.class).checks().snapshot().states());
	}

	private static void awaitUp(ApplicationContext context) {
		await().untilAsserted(() -> assertThat(states(context)).isNotEmpty()
			.allSatisfy((state) -> assertThat(state.status()).isEqualTo(CheckStatus.UP)));
	}

	private static void awaitError(ApplicationContext context, String error) {
		await().untilAsserted(() -> assertThat(states(context)).singleElement().satisfies((state) -> {
			assertThat(state.status()).isEqualTo(CheckStatus.DEGRADED);
			assertThat(state.lastRun().error()).isEqualTo(error);
		}));
	}

	private static DataSource h2(String name) {
		return new DriverManagerDataSource("jdbc:h2:mem:" + name);
	}

	private static DataSource routingTo(Map<Object, Object> targets) {
		return routingTo(targets, null);
	}

	private static DataSource routingTo(Map<Object, Object> targets, @Nullable DataSource otherwise) {
		AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

			@Override
			protected Object determineCurrentLookupKey() {
				throw new IllegalStateException("Nobody has said which");
			}

		};
		routing.setTargetDataSources(targets);
		if (otherwise != null) {
			routing.setDefaultTargetDataSource(otherwise);
		}
		routing.afterPropertiesSet();
		return routing;
	}

	@Configuration(proxyBeanMethods = false)
	static class Several {

		@Bean
		@Primary
		DataSource ordersDataSource() {
			return h2("orders");
		}

		@Bean
		DataSource auditDataSource() {
			return h2("audit");
		}

		@Bean(defaultCandidate = false)
		DataSource archiveDataSource() {
			return h2("archive");
		}

		@Bean(autowireCandidate = false)
		DataSource hiddenDataSource() {
			return h2("hidden");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RoutingWithDefaults {

		@Bean
		DataSource apart() {
			return routingTo(Map.of("replica", h2("replica")), h2("primary"));
		}

		@Bean
		DataSource among() {
			DataSource primary = h2("primary");
			return routingTo(Map.of("primary", primary), primary);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routing {

		@Bean
		DataSource routing() {
			return routingTo(Map.of("east", h2("east"), "west", h2("west")));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RoutingToBeans {

		@Bean
		DataSource writer() {
			return h2("writer");
		}

		@Bean
		DataSource reader() {
			return h2("reader");
		}

		@Bean
		DataSource routing(@Qualifier("writer") DataSource writer, @Qualifier("reader") DataSource reader) {
			return routingTo(Map.of("write", writer, "read", reader));
		}

		@Bean
		@Primary
		DataSource lazy(@Qualifier("routing") DataSource routing) {
			return new LazyConnectionDataSourceProxy(routing);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnIndicator {

		@Bean
		HealthIndicator dbHealthIndicator() {
			return () -> Health.up().withDetail("asked", "by me").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DerivedIndicator {

		@Bean
		HealthIndicator dbHealthIndicator(DataSource dataSource) {
			return new DataSourceHealthIndicator(dataSource, "select 42") {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WrappedPool {

		@Bean
		DataSource dataSource() {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl("jdbc:h2:mem:wrapped");
			pool.setMaximumPoolSize(1);
			return new LazyConnectionDataSourceProxy(pool);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherPool {

		@Bean
		DataSource dataSource() {
			return new EmptyPool();
		}

		@Bean
		DataSourcePoolMetadataProvider metadata() {
			return (dataSource) -> metadata(8, 8);
		}

		static DataSourcePoolMetadata metadata(Integer active, Integer max) {
			DataSourcePoolMetadata metadata = mock();
			given(metadata.getActive()).willReturn(active);
			given(metadata.getMax()).willReturn(max);
			return metadata;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SilentPool {

		@Bean
		DataSource dataSource() {
			return new EmptyPool();
		}

		@Bean
		DataSourcePoolMetadataProvider metadata() {
			return (dataSource) -> OtherPool.metadata(null, -1);
		}

	}

	static class EmptyPool extends AbstractDataSource {

		@Override
		public Connection getConnection() throws SQLException {
			throw new SQLTransientConnectionException("none left");
		}

		@Override
		public Connection getConnection(String username, String password) throws SQLException {
			return getConnection();
		}

	}

}
