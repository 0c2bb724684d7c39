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

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisReactiveHealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStringCommands;

import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.AdditionalMatchers.aryEq;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

@ExtendWith(OutputCaptureExtension.class)
class RedisCheckAutoConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner()
		.withConfiguration(AutoConfigurations.of(DataRedisHealthContributorAutoConfiguration.class,
				DataRedisReactiveHealthContributorAutoConfiguration.class))
		.withPropertyValues("management.health.ping.enabled=false");

	@Test
	void onlyConnectionFactoryIsTheRequiredCheckRedis() {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(DataRedisAutoConfiguration.class, DataRedisReactiveAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasBean("redisHealthContributor");
				assertThat(states(context)).singleElement().satisfies((state) -> {
					assertThat(state.name()).isEqualTo("redis");
					assertThat(state.policy().impact()).isEqualTo(Impact.REQUIRED);
				});
			});
	}

	@Test
	void blockingIndicatorOfSpringBootIsNotRunEither() {
		this.runner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("reactor"))
			.run((context) -> assertThat(states(context)).extracting(CheckState::name).containsExactly("redis"));
	}

	@Test
	void severalConnectionFactoriesAreChecksByTheNamesOfTheirBeans() {
		this.runner.withUserConfiguration(Several.class).run((context) -> {
			assertThat(states(context)).extracting(CheckState::name)
				.containsExactlyInAnyOrder("cacheRedis", "sessionRedis", "queueRedis");
			await().untilAsserted(() -> assertThat(states(context))
				.allSatisfy((state) -> assertThat(state.status()).isEqualTo(CheckStatus.UP)));
		});
	}

	@Test
	void ownIndicatorAsksInTheStartersPlace() {
		this.runner.withUserConfiguration(Single.class, OwnIndicator.class).run((context) -> {
			assertThat(states(context)).singleElement()
				.satisfies((state) -> assertThat(state.policy().impact()).isEqualTo(Impact.REQUIRED));
			await().untilAsserted(() -> assertThat(states(context)).singleElement()
				.satisfies((state) -> assertThat(state.lastRun().details()).containsEntry("asked", "by me")));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.redis.enabled=false", "management.health.defaults.enabled=false" })
	void connectionFactoryIsNotCheckedIfActuatorsSwitchIsOff(String property, CapturedOutput output) {
		this.runner.withUserConfiguration(Single.class)
			.withPropertyValues(property)
			.run((context) -> assertThat(states(context)).isEmpty());
		assertThat(output)
			.containsOnlyOnce("Not checked, because Actuator's switches are off: 'redis' (" + property + ")");
	}

	@ParameterizedTest
	@ValueSource(strings = { "health.checks.redis.enabled=true", "management.health.redis.enabled=true" })
	void connectionFactoryIsCheckedIfASwitchOfItsOwnIsOn(String property) {
		this.runner.withUserConfiguration(Single.class)
			.withPropertyValues("management.health.defaults.enabled=false", property)
			.run((context) -> assertThat(states(context)).extracting(CheckState::name).containsExactly("redis"));
	}

	@Test
	void onlyConnectionFactoryThatIsSwitchedOnAgainIsChecked() {
		this.runner.withUserConfiguration(Several.class)
			.withPropertyValues("management.health.redis.enabled=false", "health.checks.sessionRedis.enabled=true")
			.run((context) -> assertThat(states(context)).extracting(CheckState::name).containsExactly("sessionRedis"));
	}

	@Test
	void validationIsThatOfTheProperties() {
		this.runner.withUserConfiguration(Single.class)
			.withPropertyValues("health.redis.validation=write", "health.redis.key=orders:probe")
			.run((context) -> {
				await().untilAsserted(() -> assertThat(states(context))
					.allSatisfy((state) -> assertThat(state.status()).isEqualTo(CheckStatus.UP)));
				RedisConnection connection = context.getBean(RedisConnectionFactory.class).getConnection();
				then(connection.stringCommands()).should(atLeastOnce())
					.setEx(aryEq("orders:probe".getBytes(StandardCharsets.UTF_8)), anyLong(), any());
				then(connection).should(never()).ping();
			});
	}

	@Test
	void connectionFactoryIsCheckedWithLazyInitialization() {
		this.runner.withUserConfiguration(Single.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(states(context)).extracting(CheckState::name).containsExactly("redis"));
	}

	@Test
	void nothingIsCheckedWithoutAConnectionFactory() {
		this.runner.run((context) -> assertThat(states(context)).isEmpty());
	}

	@Test
	void sourceIsAbsentWithoutSpringDataRedis() {
		StarterContext.runner()
			.withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RedisCheckSource.class));
	}

	@Test
	void sourceIsAbsentWhenDisabled() {
		this.runner.withPropertyValues("health.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RedisCheckSource.class));
	}

	private static List<CheckState> states(ApplicationContext context) {
		return List.copyOf(context.getBean(HealthInstance.class).checks().snapshot().states());
	}

	private static RedisConnectionFactory answering() {
		RedisConnectionFactory factory = mock(RedisConnectionFactory.class);
		RedisConnection connection = mock(RedisConnection.class);
		given(factory.getConnection()).willReturn(connection);
		given(connection.ping()).willReturn("PONG");
		RedisStringCommands commands = mock(RedisStringCommands.class);
		given(connection.stringCommands()).willReturn(commands);
		return factory;
	}

	@Configuration(proxyBeanMethods = false)
	static class Single {

		@Bean
		RedisConnectionFactory cacheRedis() {
			return answering();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Several {

		@Bean
		@Primary
		RedisConnectionFactory cacheRedis() {
			return answering();
		}

		@Bean
		RedisConnectionFactory sessionRedis() {
			return answering();
		}

		@Bean(defaultCandidate = false)
		RedisConnectionFactory queueRedis() {
			return answering();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnIndicator {

		@Bean
		HealthIndicator redisHealthIndicator() {
			return () -> Health.up().withDetail("asked", "by me").build();
		}

	}

}
