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

package io.github.healthstarter.autoconfigure.instance;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.health.HealthChangedEvent;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class ProbeConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner();

	@Test
	void monitorExistsWithoutAWebServer() {
		this.runner.run((context) -> assertThat(context.getBean(HealthInstance.class).health().snapshot().state())
			.isEqualTo(HealthState.RUNNING));
	}

	@Test
	void startupWaitsForRequiredChecksIfConfigured() {
		this.runner.withUserConfiguration(Down.class)
			.withPropertyValues("health.checks.down.impact=required", "health.startup.await-checks=true")
			.run((context) -> {
				Lifecycle lifecycle = context.getBean(HealthInstance.class).lifecycle();
				await().untilAsserted(() -> assertThat(
						context.getBean(HealthInstance.class).health().snapshot().checks().find("down"))
					.satisfies((state) -> assertThat(state.lastRun()).isNotNull()));
				assertThat(lifecycle.phase()).isEqualTo(LifecyclePhase.STARTING);
			});
	}

	@Test
	void startupDoesNotWaitForChecksByDefault() {
		this.runner.withUserConfiguration(Down.class)
			.withPropertyValues("health.checks.down.impact=required")
			.run((context) -> {
				Lifecycle lifecycle = context.getBean(HealthInstance.class).lifecycle();
				assertThat(lifecycle.phase()).isEqualTo(LifecyclePhase.RUNNING);
			});
	}

	@Test
	void startupCompletesWithLazyInitialization() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				Lifecycle lifecycle = context.getBean(HealthInstance.class).lifecycle();
				await().untilAsserted(() -> assertThat(lifecycle.phase()).isEqualTo(LifecyclePhase.RUNNING));
			});
	}

	@Test
	void listenerThatDependsOnTheInstanceIsNotified() {
		this.runner.withUserConfiguration(Listener.class)
			.run((context) -> await()
				.untilAsserted(() -> assertThat(context.getBean(Listener.class).states).contains(HealthState.RUNNING)));
	}

	@Test
	void listenerThatHangsDelaysNoLineOfTheLog(CapturedOutput output) {
		CountDownLatch hanging = new CountDownLatch(1);
		this.runner.withBean(ApplicationListener.class, () -> new HangingListener(hanging)).run((context) -> {
			Lifecycle lifecycle = context.getBean(HealthInstance.class).lifecycle();
			lifecycle.refuse(true);
			lifecycle.refuse(false);
			await().untilAsserted(() -> assertThat(output).contains("Health: maintenance -> running"));
			hanging.countDown();
		});
	}

	@Test
	void serviceIsDescribedByWhatTheApplicationHas() {
		this.runner.withUserConfiguration(Info.class)
			.withPropertyValues("spring.application.name=orders", "HOSTNAME=orders-7d9f")
			.run((context) -> assertThat(context.getBean(HealthInstance.class).service())
				.isEqualTo(new ServiceInfo("orders", "1.4.2", "3f2a1bc", "orders-7d9f")));
	}

	@Test
	void versionOfTheServiceMayBeAProperty() {
		this.runner.withPropertyValues("spring.application.version=2.0", "HOSTNAME=a")
			.run((context) -> assertThat(context.getBean(HealthInstance.class).service())
				.isEqualTo(new ServiceInfo(null, "2.0", null, "a")));
	}

	@Configuration(proxyBeanMethods = false)
	static class Down {

		@Bean
		HealthIndicator downHealthIndicator() {
			return () -> Health.down().build();
		}

	}

	private record HangingListener(
			CountDownLatch latch) implements ApplicationListener<PayloadApplicationEvent<HealthChangedEvent>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<HealthChangedEvent> event) {
			assertThatNoException().isThrownBy(this.latch::await);
		}

	}

	static class Listener implements ApplicationListener<PayloadApplicationEvent<HealthChangedEvent>> {

		final List<HealthState> states = new CopyOnWriteArrayList<>();

		Listener(HealthInstance instance) {
			assertThat(instance).isNotNull();
		}

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<HealthChangedEvent> event) {
			this.states.add(event.getPayload().after().state());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Info {

		@Bean
		BuildProperties buildProperties() {
			Properties properties = new Properties();
			properties.setProperty("version", "1.4.2");
			return new BuildProperties(properties);
		}

		@Bean
		GitProperties gitProperties() {
			Properties properties = new Properties();
			properties.setProperty("commit.id", "3f2a1bc0000000000000000000000000000000ab");
			return new GitProperties(properties);
		}

	}

}
