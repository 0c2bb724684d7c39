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

import java.util.List;
import java.util.Map;

import io.r2dbc.h2.H2ConnectionConfiguration;
import io.r2dbc.h2.H2ConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.r2dbc.connection.TransactionAwareConnectionFactoryProxy;
import org.springframework.r2dbc.connection.lookup.AbstractRoutingConnectionFactory;
import reactor.core.publisher.Mono;

import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class R2dbcCheckAutoConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner()
		.withPropertyValues("management.health.ping.enabled=false");

	@Test
	void onlyConnectionFactoryIsTheRequiredCheckR2dbc() {
		this.runner.withUserConfiguration(Single.class).run((context) -> {
			assertThat(states(context)).singleElement().satisfies((state) -> {
				assertThat(state.name()).isEqualTo("r2dbc");
				assertThat(state.policy().impact()).isEqualTo(Impact.REQUIRED);
			});
			awaitStatus(context, CheckStatus.UP);
		});
	}

	@Test
	void severalConnectionFactoriesAreChecksByTheNamesOfTheirBeans() {
		this.runner.withUserConfiguration(Single.class, Second.class)
			.run((context) -> assertThat(states(context)).extracting(CheckState::name)
				.containsExactlyInAnyOrder("orders", "audit"));
	}

	@Test
	void targetsOfARoutingConnectionFactoryAreChecksOfTheirOwn() {
		this.runner.withUserConfiguration(Routing.class).run((context) -> {
			assertThat(states(context)).extracting(CheckState::name)
				.containsExactlyInAnyOrder("routing-east", "routing-default");
			awaitStatus(context, CheckStatus.UP);
		});
	}

	@Test
	void targetsAreFollowedAsTheyComeAndGo() {
		this.runner.withUserConfiguration(Routing.class)
			.withPropertyValues("health.check-defaults.interval=100ms")
			.run((context) -> {
				AbstractRoutingConnectionFactory routing = context.getBean(AbstractRoutingConnectionFactory.class);
				routing.setTargetConnectionFactories(Map.of("west", h2("west")));
				routing.afterPropertiesSet();
				await().untilAsserted(() -> assertThat(states(context))
					.extracting(CheckState::name, (state) -> state.policy().impact(), CheckState::status)
					.containsExactlyInAnyOrder(tuple("routing-default", Impact.REQUIRED, CheckStatus.UP),
							tuple("routing-west", Impact.DEGRADING, CheckStatus.UP)));
			});
	}

	@Test
	void targetThatIsABeanIsCheckedOnceAndByTheNameOfTheBean() {
		this.runner.withUserConfiguration(RoutingToBeans.class).run((context) -> {
			assertThat(states(context)).extracting(CheckState::name).containsExactlyInAnyOrder("orders", "audit");
			awaitStatus(context, CheckStatus.UP);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.r2dbc.enabled=false", "management.health.defaults.enabled=false" })
	void connectionFactoryIsNotCheckedIfActuatorsSwitchIsOff(String property, CapturedOutput output) {
		this.runner.withUserConfiguration(Single.class)
			.withPropertyValues(property)
			.run((context) -> assertThat(states(context)).isEmpty());
		assertThat(output)
			.containsOnlyOnce("Not checked, because Actuator's switches are off: 'r2dbc' (" + property + ")");
	}

	@ParameterizedTest
	@ValueSource(strings = { "health.checks.r2dbc.enabled=true", "management.health.r2dbc.enabled=true" })
	void connectionFactoryIsCheckedIfASwitchOfItsOwnIsOn(String property) {
		this.runner.withUserConfiguration(Single.class)
			.withPropertyValues("management.health.defaults.enabled=false", property)
			.run((context) -> assertThat(states(context)).extracting(CheckState::name).containsExactly("r2dbc"));
	}

	@Test
	void onlyConnectionFactoryThatIsSwitchedOnAgainIsChecked() {
		this.runner.withUserConfiguration(Single.class, Second.class)
			.withPropertyValues("management.health.r2dbc.enabled=false", "health.checks.audit.enabled=true")
			.run((context) -> assertThat(states(context)).extracting(CheckState::name).containsExactly("audit"));
	}

	@Test
	void queryIsRun() {
		this.runner.withUserConfiguration(Single.class)
			.withPropertyValues("health.jdbc.validation=query", "health.jdbc.query=select 1 from absent")
			.run((context) -> awaitStatus(context, CheckStatus.DOWN));
	}

	@Test
	void nothingIsWritten() {
		this.runner.withUserConfiguration(Single.class)
			.withPropertyValues("health.jdbc.validation=write")
			.run((context) -> awaitStatus(context, CheckStatus.UP));
	}

	@Test
	void sourceIsAbsentWithoutR2dbc() {
		this.runner.withClassLoader(new FilteredClassLoader("io.r2dbc"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConnectionFactoryCheckSource.class));
	}

	@Test
	void sourceIsAbsentWhenDisabled() {
		this.runner.withUserConfiguration(Single.class)
			.withPropertyValues("health.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConnectionFactoryCheckSource.class));
	}

	private static void awaitStatus(ApplicationContext context, CheckStatus status) {
		await().untilAsserted(
				() -> assertThat(states(context)).isNotEmpty().extracting(CheckState::status).containsOnly(status));
	}

	private static List<CheckState> states(ApplicationContext context) {
		return List.copyOf(context.getBean(HealthInstance.class).checks().snapshot().states());
	}

	private static ConnectionFactory h2(String name) {
		return new H2ConnectionFactory(H2ConnectionConfiguration.builder().inMemory(name).build());
	}

	private static ConnectionFactory routingTo(Map<String, ConnectionFactory> targets,
			@Nullable ConnectionFactory otherwise) {
		AbstractRoutingConnectionFactory routing = new AbstractRoutingConnectionFactory() {

			@Override
			protected Mono<Object> determineCurrentLookupKey() {
				return Mono.empty();
			}

		};
		routing.setTargetConnectionFactories(targets);
		if (otherwise != null) {
			routing.setDefaultTargetConnectionFactory(otherwise);
		}
		routing.afterPropertiesSet();
		return routing;
	}

	@Configuration(proxyBeanMethods = false)
	static class Routing {

		@Bean
		ConnectionFactory routing() {
			return routingTo(Map.of("east", h2("east")), h2("default"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RoutingToBeans {

		@Bean
		ConnectionFactory orders() {
			return h2("orders");
		}

		@Bean
		ConnectionFactory audit() {
			return h2("audit");
		}

		@Bean
		ConnectionFactory routing(@Qualifier("orders") ConnectionFactory orders,
				@Qualifier("audit") ConnectionFactory audit) {
			return routingTo(Map.of("one", orders, "two", audit), null);
		}

		@Bean
		@Primary
		ConnectionFactory aware(@Qualifier("routing") ConnectionFactory routing) {
			return new TransactionAwareConnectionFactoryProxy(routing);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Single {

		@Bean
		ConnectionFactory orders() {
			return h2("orders");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Second {

		@Bean
		ConnectionFactory audit() {
			return h2("audit");
		}

	}

}
