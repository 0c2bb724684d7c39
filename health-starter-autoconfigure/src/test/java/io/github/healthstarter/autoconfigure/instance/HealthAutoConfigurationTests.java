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

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.GenericTypeResolver;
import org.springframework.scheduling.annotation.EnableScheduling;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

class HealthAutoConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner();

	@Test
	void instanceOfAContextWithoutAnApplicationRunsWhenThatIsRefreshed() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(HealthInstance.class).hasSingleBean(HealthProperties.class);
			assertThat(context.getBean(HealthInstance.class).lifecycle().phase()).isEqualTo(LifecyclePhase.RUNNING);
		});
	}

	@Test
	void instanceThatIsThereIsAttachedTo() {
		HealthInstance there = new HealthInstance(InstanceSettings.DEFAULT, new ServiceInfo("orders", null, null, null),
				TimeSource.system());
		this.runner
			.withInitializer((context) -> context.getBeanFactory().registerSingleton(InstanceFactory.BEAN_NAME, there))
			.withPropertyValues("health.drain.max-wait=2h")
			.run((context) -> {
				assertThat(context).getBean(HealthInstance.class).isSameAs(there);
				assertThat(there.settings().drain().maxWait()).isEqualTo(Duration.ofHours(2));
			});
		there.close();
	}

	@Test
	void nothingExistsWhenDisabled() {
		this.runner.withPropertyValues("health.enabled=false", "health.liveness.include=db")
			.run((context) -> assertThat(ownBeans(context.getBeanDefinitionNames())).isEmpty());
	}

	@Test
	void nothingExistsWithoutSpringBootHealth() {
		new ApplicationContextRunner().withConfiguration(StarterContext.ownAutoConfigurations())
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(ownBeans(context.getBeanDefinitionNames())).isEmpty());
	}

	private static String[] ownBeans(String[] names) {
		return java.util.Arrays.stream(names)
			.filter((name) -> name.startsWith("health") && !name.startsWith("healthContributor"))
			.toArray(String[]::new);
	}

	@Test
	void beansOfSpringBootStayWithTheStarter() {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
			.withUserConfiguration(Scheduling.class)
			.run((context) -> assertThat(context).hasBean("applicationTaskExecutor")
				.hasBean("taskScheduler")
				.hasSingleBean(ThreadPoolTaskExecutorBuilder.class));
	}

	@Test
	void listenersTellWhichEventsTheyAreFor() {
		this.runner.run((context) -> assertThat(context.getBeansOfType(ApplicationListener.class).values())
			.filteredOn((listener) -> listener.getClass().getName().startsWith("io.github.healthstarter."))
			.isNotEmpty()
			.allSatisfy((listener) -> assertThat(
					GenericTypeResolver.resolveTypeArgument(listener.getClass(), ApplicationListener.class))
				.isNotNull()));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

	}

}
