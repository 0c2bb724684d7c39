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

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.env.MockEnvironment;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.autoconfigure.reload.ReloadOnSignal;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.signal.ReloadSignal;
import io.github.healthstarter.systemd.SystemdService;
import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.ManualInstance;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervision}.
 */
class SupervisionTests {

	private static final String SIGNAL = "health.reload.signal";

	private final MockEnvironment environment = new MockEnvironment().withProperty(SIGNAL, "true");

	private final Supervision first = new Supervision(this.environment);

	@BeforeEach
	void ownTheProcess() {
		assertThat(follows(this.first, ReloadSignal.class)).as("nobody before has kept it").isTrue();
	}

	@AfterEach
	void release() {
		this.first.close();
	}

	@Test
	void bootstrapContextTakesTheSignalFromNobody() {
		this.first.close();
		System.setProperty(SIGNAL, "true");
		try {
			Supervision outer = new Supervision(this.environment);
			listener().environmentPrepared(new DefaultBootstrapContext(), bootstrapEnvironment());
			assertThat(follows(outer, ReloadSignal.class)).isTrue();
			outer.close();
			listener().environmentPrepared(new DefaultBootstrapContext(), bootstrapEnvironment());
			Supervision next = new Supervision(this.environment);
			assertThat(follows(next, ReloadSignal.class)).as("a bootstrap context that came first").isTrue();
			next.close();
		}
		finally {
			System.clearProperty(SIGNAL);
		}
	}

	@Test
	void signalIsFollowedFromTheFirstIfTheCommandLineAsksForIt() {
		this.first.close();
		StartupRunListener listener = listener("--" + SIGNAL + "=true");
		Supervision other = new Supervision(this.environment);
		assertThat(follows(other, ReloadSignal.class)).as("the process has its owner").isFalse();
		other.close();
		listener.environmentPrepared(new DefaultBootstrapContext(), bootstrapEnvironment());
	}

	private static StartupRunListener listener(String... arguments) {
		return new StartupRunListener(new SpringApplication(SupervisionTests.class), arguments);
	}

	private static StandardEnvironment bootstrapEnvironment() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("bootstrap", Map.of()));
		return environment;
	}

	@Test
	void secondApplicationIsNotSupervised() {
		begun(this.first);
		Supervision second = begun(new Supervision(this.environment));
		assertThat(follows(second, ReloadSignal.class)).isFalse();
		second.close();
		assertThat(follows(begun(new Supervision(this.environment)), ReloadSignal.class)).isFalse();
	}

	@Test
	void runThatNeverBeginsLeavesTheProcessToTheNext() {
		Object early = signal(this.first);
		Supervision second = begun(new Supervision(this.environment));
		assertThat(signal(second)).as("a signal that has come meanwhile is kept").isSameAs(early);
		this.first.close();
		assertThat(follows(begun(new Supervision(this.environment)), ReloadSignal.class)).isFalse();
		second.close();
	}

	@Test
	void secondApplicationTellsSystemdNothing() {
		this.environment.setProperty(Supervision.SOCKET, "/no/such/socket");
		assertThat(follows(begun(this.first), SystemdService.class)).isTrue();
		assertThat(follows(begun(new Supervision(this.environment)), SystemdService.class)).isFalse();
	}

	@Test
	void nextApplicationIsSupervisedWhenTheFirstHasEnded() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		this.first.follow(beans);
		this.first.started();
		beans.destroySingletons();
		Supervision second = begun(new Supervision(this.environment));
		assertThat(follows(second, ReloadSignal.class)).isTrue();
		second.close();
		Supervision third = new Supervision(this.environment);
		assertThat(follows(third, ReloadSignal.class)).isTrue();
		third.close();
	}

	@Test
	void nextApplicationIsSupervisedWhenTheFirstHasEndedDuringItsStart() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		begun(this.first).follow(beans);
		beans.destroySingletons();
		assertThat(follows(begun(new Supervision(this.environment)), ReloadSignal.class))
			.as("the failure is still to be reported")
			.isFalse();
		this.first.started();
		Supervision second = begun(new Supervision(this.environment));
		assertThat(follows(second, ReloadSignal.class)).isTrue();
		second.close();
	}

	@Test
	void childIsSupervisedWhereItsParentHasNothingToTellOf() {
		this.first.close();
		try (ConfigurableApplicationContext child = new SpringApplicationBuilder(Plain.class)
			.web(WebApplicationType.NONE)
			.properties(SIGNAL + "=true")
			.child(Child.class)
			.web(WebApplicationType.NONE)
			.run();
				ConfigurableApplicationContext parent = (ConfigurableApplicationContext) Objects
					.requireNonNull(child.getParent())) {
			assertThat(parent.isActive()).isTrue();
			assertThat(child.containsLocalBean("healthStarterReloadSignal")).isTrue();
		}
	}

	@Test
	void mistakeIsLeftToTheBindingOfAllProperties() {
		this.first.close();
		Supervision supervision = new Supervision(new MockEnvironment().withProperty(SIGNAL, "maybe"));
		assertThat(follows(supervision, ReloadSignal.class)).isFalse();
		supervision.close();
	}

	private Supervision begun(Supervision supervision) {
		supervision.begin(this.environment,
				ManualInstance.create(new ManualTime(), AccessRules.LOOPBACK, DrainSettings.DEFAULT));
		return supervision;
	}

	private static boolean follows(Supervision supervision, Class<?> type) {
		return beans(supervision).getBeanNamesForType(type).length > 0;
	}

	private static @Nullable Object signal(Supervision supervision) {
		return beans(supervision).getSingleton(ReloadOnSignal.SIGNAL);
	}

	private static DefaultListableBeanFactory beans(Supervision supervision) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		supervision.follow(beans);
		return beans;
	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Child {

	}

}
