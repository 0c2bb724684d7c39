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

package io.github.healthstarter.autoconfigure.web.reactive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.liveness.WatchedExecutor;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.web.OpenStreams;
import io.github.healthstarter.web.reactive.LingeringConnections;

import static org.assertj.core.api.Assertions.assertThat;

class ReactiveWebAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(StarterContext.autoConfigurations())
		.withConfiguration(AutoConfigurations.of(WebFluxAutoConfiguration.class));

	@Test
	void handlersStandBeforeThoseOfTheApplication() {
		this.runner.withUserConfiguration(Decorating.class)
			.run((context) -> assertThat(context.getBeanProvider(HttpHandlerDecoratorFactory.class).orderedStream())
				.first()
				.isInstanceOf(FirstHandlers.class));
	}

	@Test
	void nothingIsThereInAServletApplication() {
		StarterContext.webRunner()
			.run((context) -> assertThat(context).doesNotHaveBean(FirstHandlers.class)
				.hasSingleBean(OpenStreams.class)
				.doesNotHaveBean(LingeringConnections.class));
	}

	@Test
	void nothingIsThereWhenDisabled() {
		this.runner.withPropertyValues("health.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(FirstHandlers.class)
				.doesNotHaveBean(OpenStreams.class));
	}

	@Test
	void handlersAreThereOnAnotherServerToo() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.reactor", "reactor.netty"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FirstHandlers.class)
				.doesNotHaveBean(LingeringConnections.class));
	}

	@Test
	void threadsOfAnswersThatTakeTheirTimeEndWithTheContext() throws InterruptedException {
		List<Thread> others = waitingThreads();
		List<Thread> own = new ArrayList<>();
		this.runner.withPropertyValues("health.access.token=secret").run((context) -> {
			HttpHandler handler = context.getBean(FirstHandlers.class).apply((request, response) -> Mono.empty());
			handler
				.handle(MockServerHttpRequest.get("/readyz?fresh").header("Authorization", "Bearer secret").build(),
						new MockServerHttpResponse())
				.block();
			own.addAll(waitingThreads());
		});
		own.removeAll(others);
		assertThat(own).hasSize(1);
		own.get(0).join(TimeUnit.SECONDS.toMillis(5));
		assertThat(own.get(0).isAlive()).isFalse();
	}

	private static List<Thread> waitingThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("health-web-wait-"))
			.toList();
	}

	@Test
	void controllerOnAPathOfTheStartersIsRefused() {
		this.runner.withUserConfiguration(ReadyController.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidPropertyException.class)
				.extracting(Throwable::getMessage)
				.asString()
				.contains("'/readyz'", "Controller#ready"));
	}

	@Test
	void controllerElsewhereIsNot() {
		this.runner.withUserConfiguration(ReadyController.class)
			.withPropertyValues("health.readiness.path=/ready")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void thereAreNoRequestThreadsToWatch() {
		this.runner.withPropertyValues("health.liveness.signals.request-executor.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WatchedExecutor.class));
	}

	@Test
	void reactiveConnectionFactoryOfRedisIsTheCheckRedis() {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(DataRedisAutoConfiguration.class, DataRedisReactiveAutoConfiguration.class))
			.run((context) -> {
				assertThat(context.getBean(ReactiveRedisConnectionFactory.class))
					.isSameAs(context.getBean(RedisConnectionFactory.class));
				assertThat(context.getBean(HealthInstance.class).checks().snapshot().find("redis")).isNotNull()
					.extracting(CheckState::policy)
					.extracting("impact")
					.isEqualTo(Impact.REQUIRED);
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Decorating {

		@Bean
		HttpHandlerDecoratorFactory decorator() {
			return (handler) -> handler;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ReadyController.Controller.class)
	static class ReadyController {

		@RestController
		static class Controller {

			@GetMapping("/readyz")
			Map<String, String> ready() {
				return Map.of();
			}

		}

	}

}
