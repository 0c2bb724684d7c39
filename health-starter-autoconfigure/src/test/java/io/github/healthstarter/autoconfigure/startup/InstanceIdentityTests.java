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

import java.io.IOException;
import java.net.ServerSocket;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.autoconfigure.server.ApplicationProbeServer;
import io.github.healthstarter.autoconfigure.web.WebAutoConfiguration;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.web.HttpContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests that an application has one instance, from before its context until after it.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class InstanceIdentityTests {

	@Test
	void instanceIsTheSameBeforeInAndAfterTheContext() {
		Before before = new Before();
		HealthInstance within;
		try (ConfigurableApplicationContext context = application(Application.class).listeners(before)
			.properties("health.server.port=0")
			.run()) {
			within = context.getBean(HealthInstance.class);
			assertThat(before.instance).isNotNull().isSameAs(within);
			assertThat(context.getBean(Application.class).created).as("by the first bean").isSameAs(within);
			assertThat(context.getBeansOfType(HealthInstance.class)).hasSize(1);
			Awaitility.await().until(() -> within.health().snapshot().state() == HealthState.RUNNING);
		}
		assertThat(within.lifecycle().phase()).isEqualTo(LifecyclePhase.STOPPING);
		assertThat(within.health().snapshot().state()).as("readable for good").isEqualTo(HealthState.STOPPING);
	}

	@Test
	void probeServerServesTheSameContractFromTheFirstRequestToTheLast() {
		Before before = new Before();
		try (ConfigurableApplicationContext context = application(Application.class).listeners(before)
			.properties("health.server.port=0")
			.run()) {
			assertThat(before.contract).isNotNull();
			assertThat(context.getBeansOfType(HttpContract.class)).containsOnlyKeys(WebAutoConfiguration.CONTRACT)
				.containsValue(before.contract);
			int port = context.getEnvironment().getRequiredProperty("local.health.port", Integer.class);
			HealthInstance instance = context.getBean(HealthInstance.class);
			instance.lifecycle().refuse(true);
			assertThat(state(port)).isEqualTo("maintenance");
			instance.lifecycle().refuse(false);
		}
	}

	@Test
	void contextWithoutASpringApplicationHasAnInstanceOfItsOwn() {
		HealthInstance instance;
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Application.class)) {
			instance = context.getBean(HealthInstance.class);
			assertThat(context.getBean(Application.class).created).isSameAs(instance);
		}
		assertThat(instance.lifecycle().phase()).isEqualTo(LifecyclePhase.STOPPING);
	}

	@Test
	void parentAndChildWithTheStarterHaveAnInstanceEach() {
		try (ConfigurableApplicationContext child = application(Application.class).child(Other.class).run();
				ConfigurableApplicationContext parent = (ConfigurableApplicationContext) child.getParent()) {
			assertThat(child.getBean(HealthInstance.class)).isNotSameAs(parent.getBean(HealthInstance.class));
		}
	}

	@Test
	void parentWithTheStarterKeepsItsProbeServer() {
		try (ConfigurableApplicationContext child = application(Application.class).properties("health.server.port=0")
			.child(Other.class)
			.run(); ConfigurableApplicationContext parent = (ConfigurableApplicationContext) child.getParent()) {
			int port = parent.getEnvironment().getRequiredProperty("local.health.port", Integer.class);
			assertThat(ApplicationProbeServer.of(parent)).isNotNull();
			assertThat(ApplicationProbeServer.of(child)).isNull();
			parent.getBean(HealthInstance.class).lifecycle().refuse(true);
			assertThat(state(port)).isEqualTo("maintenance");
			child.getBean(HealthInstance.class).lifecycle().refuse(true);
			parent.getBean(HealthInstance.class).lifecycle().refuse(false);
			Awaitility.await().untilAsserted(() -> assertThat(state(port)).isEqualTo("running"));
		}
	}

	@Test
	void firstChildAloneHasTheInstanceOfAParentWithoutTheStarter() {
		Before before = new Before();
		SpringApplicationBuilder child = application(Plain.class).listeners(before)
			.properties("health.server.port=0")
			.child(Application.class);
		try (ConfigurableApplicationContext first = child.web(WebApplicationType.NONE).run();
				ConfigurableApplicationContext parent = (ConfigurableApplicationContext) first.getParent();
				ConfigurableApplicationContext second = child.sibling(Other.class).web(WebApplicationType.NONE).run()) {
			assertThat(first.getBean(HealthInstance.class)).isSameAs(before.instance);
			assertThat(second.getBean(HealthInstance.class)).isNotSameAs(before.instance);
			assertThat(ApplicationProbeServer.of(first)).isSameAs(ApplicationProbeServer.of(parent));
			assertThat(ApplicationProbeServer.of(second)).isNull();
		}
	}

	@Test
	void probeServerThatCannotListenIsLoggedIfNothingIsAttachedToIt(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0);
				ConfigurableApplicationContext context = application(Plain.class)
					.properties("health.server.port=" + taken.getLocalPort())
					.run()) {
			assertThat(context.isActive()).isTrue();
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).containsOnlyOnce("The probe server cannot listen")
					.contains("cannot listen on port " + taken.getLocalPort()));
		}
	}

	@Test
	void childThatFailsMakesTheInstanceOfItsParentFail() {
		Before before = new Before();
		SpringApplicationBuilder family = application(Plain.class).listeners(before).properties("health.server.port=0");
		try (ConfigurableApplicationContext parent = family.run()) {
			assertThat(before.instance.lifecycle().phase()).isEqualTo(LifecyclePhase.STARTING);
			assertThatThrownBy(() -> family.child(Failing.class).web(WebApplicationType.NONE).run())
				.hasRootCauseMessage("made to fail");
			assertThat(before.instance.lifecycle().phase()).isEqualTo(LifecyclePhase.FAILED);
			assertThat(before.instance.startup().state().made()).as("beans of the child").isPositive();
			assertThat(ApplicationProbeServer.of(parent).isListening()).isTrue();
		}
	}

	private static SpringApplicationBuilder application(Class<?> type) {
		return new SpringApplicationBuilder(type).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("spring.main.banner-mode=off");
	}

	private static Object state(int port) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask("GET", "/readyz").json().get("state");
		}
	}

	/**
	 * Keeps what the first context has before it is refreshed.
	 */
	private static final class Before implements ApplicationListener<ApplicationPreparedEvent> {

		private HealthInstance instance;

		private HttpContract contract;

		@Override
		public void onApplicationEvent(ApplicationPreparedEvent event) {
			if (this.instance == null) {
				ConfigurableApplicationContext context = event.getApplicationContext();
				this.instance = (HealthInstance) context.getBeanFactory().getSingleton("healthStarterInstance");
				this.contract = (HttpContract) context.getBeanFactory().getSingleton(WebAutoConfiguration.CONTRACT);
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Application {

		private HealthInstance created;

		@Bean
		Object first(HealthInstance instance) {
			this.created = instance;
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Other {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Failing {

		@Bean
		Object failing() {
			throw new IllegalStateException("made to fail");
		}

	}

}
