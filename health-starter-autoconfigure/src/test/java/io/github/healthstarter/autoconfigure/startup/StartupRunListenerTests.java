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

package io.github.healthstarter.autoconfigure.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.startup.StartupState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link StartupRunListener}.
 */
class StartupRunListenerTests {

	@Test
	void startIsFollowedFromBeanToBean() {
		try (ConfigurableApplicationContext context = application(Observed.class).run()) {
			Observed observed = context.getBean(Observed.class);
			assertThat(observed.states.get(0)).satisfies((state) -> {
				assertThat(state.phase()).isEqualTo(StartupPhase.BEANS);
				assertThat(state.current()).isEqualTo("observer");
				assertThat(state.made()).isPositive().isLessThan(state.expected());
				assertThat(state.expected()).isLessThanOrEqualTo(context.getBeanDefinitionCount());
			});
			assertThat(observed.states.get(1)).satisfies((state) -> {
				assertThat(state.phase()).isEqualTo(StartupPhase.RUNNERS);
				assertThat(state.current()).isEqualTo(Observed.class.getName() + ".lambda$runner$0");
			});
			StartupState ready = context.getBean(HealthInstance.class).startup().state();
			assertThat(ready.phase()).isEqualTo(StartupPhase.CHECKS);
			assertThat(ready.slowest()).hasSize(5);
		}
	}

	@Test
	void onlyWhatTheStartMakesInAnyCaseIsExpected() {
		try (ConfigurableApplicationContext eager = application(Eager.class).run();
				ConfigurableApplicationContext other = application(OnDemand.class).run()) {
			assertThat(expected(eager)).isEqualTo(expected(other) + 1);
			assertThat(eager.getBeanDefinitionCount()).isLessThan(other.getBeanDefinitionCount());
		}
	}

	private static int expected(ConfigurableApplicationContext context) {
		return context.getBean(HealthInstance.class).startup().state().expected();
	}

	@Test
	void factoryThatIsOnlyAskedForItsTypeIsNotWhatIsBeingMade() {
		try (ConfigurableApplicationContext context = application(Factories.class).run()) {
			assertThat(context.getBean(Factories.class).states).extracting(StartupState::current)
				.containsExactlyInAnyOrder("asking", "thing");
		}
	}

	@Test
	void nothingIsFollowedWhenDisabled() {
		try (ConfigurableApplicationContext context = application(Plain.class).properties("health.enabled=false")
			.run()) {
			assertThat(context.getBeanProvider(HealthInstance.class).getIfAvailable()).isNull();
			awaitNobodyLooks();
		}
	}

	@Test
	void nobodyLooksWhenTheStartIsComplete() {
		try (ConfigurableApplicationContext context = application(Plain.class).run()) {
			assertThat(context.getBean(HealthInstance.class).startup().state().phase()).isEqualTo(StartupPhase.CHECKS);
			awaitNobodyLooks();
		}
	}

	@Test
	void nobodyLooksWhenTheStartHasFailed() {
		assertThatThrownBy(() -> application(Failing.class).run()).hasRootCauseMessage("made to fail");
		awaitNobodyLooks();
	}

	@Test
	void nothingIsLeftWhenTheContextCannotBeLoaded() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		SpringApplication application = new SpringApplication();
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setSources(Set.of("classpath:missing.xml"));
		assertThatThrownBy(application::run).hasMessageContaining("missing.xml");
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> !before.contains(thread))
				.extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("health-")));
	}

	private static void awaitNobodyLooks() {
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.doesNotContain("health-startup"));
	}

	private static SpringApplicationBuilder application(Class<?> configuration) {
		return new SpringApplicationBuilder(configuration).web(WebApplicationType.NONE).logStartupInfo(false);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Eager {

		@Bean
		Object eager() {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OnDemand {

		@Bean
		@Lazy
		Object lazy() {
			return new Object();
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		Object prototype() {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Observed {

		final List<StartupState> states = new ArrayList<>();

		@Bean
		Object observer(HealthInstance instance) {
			this.states.add(instance.startup().state());
			return new Object();
		}

		@Bean
		ApplicationRunner runner(HealthInstance instance) {
			return (arguments) -> this.states.add(instance.startup().state());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Factories {

		final List<StartupState> states = new ArrayList<>();

		@Bean
		Object asking(ObjectProvider<Runnable> type, HealthInstance instance) {
			type.getIfAvailable();
			this.states.add(instance.startup().state());
			return new Object();
		}

		@Bean
		FactoryBean<?> thing(HealthInstance instance) {
			return new SlowFactory(() -> this.states.add(instance.startup().state()));
		}

	}

	private static final class SlowFactory implements FactoryBean<Object>, InitializingBean {

		private final Runnable whileMade;

		private SlowFactory(Runnable whileMade) {
			this.whileMade = whileMade;
		}

		@Override
		public void afterPropertiesSet() {
			this.whileMade.run();
		}

		@Override
		public Object getObject() {
			return new Object();
		}

		@Override
		public Class<?> getObjectType() {
			return Object.class;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Failing {

		@Bean
		Object failing() {
			throw new IllegalStateException("made to fail");
		}

	}

}
