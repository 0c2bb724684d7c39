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

package io.github.healthstarter.autoconfigure.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.support.ServletContextApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.mock.web.MockServletContext;

import io.github.healthstarter.health.HealthChangedEvent;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.StartupAttempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of what a start that has failed leaves in a process that goes on.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTests {

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void failOn(int port, Class<?> application) {
		assertThatThrownBy(() -> StartupAttempt.plain(application).start("health.server.port=" + port))
			.hasRootCauseMessage("made to fail");
	}

	private static HttpAnswer ask(int port) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask("GET", "/readyz");
		}
	}

	private static void assertFailed(int port, String bean) {
		assertThat(ask(port).json()).containsEntry("state", "failed")
			.extractingByKey("reason")
			.asString()
			.contains(bean);
	}

	private static void assertIsFree(int port) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close());
	}

	@Test
	void failureIsToldUntilTheSameApplicationStartsAgain() throws IOException {
		int first = freePort();
		failOn(first, Failing.class);
		assertFailed(first, "'failing'");
		int second = freePort();
		failOn(second, Failing.class);
		assertIsFree(first);
		assertFailed(second, "'failing'");
		StartupAttempt.plain(Parent.class).start("health.server.port=" + second).close();
		assertIsFree(second);
	}

	@Test
	void failureOfTheLastBeansToStartIsNoFailureOfAListener(CapturedOutput output) {
		assertThatThrownBy(() -> StartupAttempt.plain(FailingLast.class).start("health.reload.signal=false"))
			.hasStackTraceContaining("made to fail");
		Awaitility.await()
			.during(Duration.ofMillis(300))
			.untilAsserted(() -> assertThat(output).doesNotContain("A listener failed"));
	}

	@ParameterizedTest
	@ValueSource(classes = { EndedWhileBuilt.class, EndedWhileRun.class })
	void failureOfAStartThatWasToEndIsItsEnd(Class<?> application) throws IOException {
		int port = freePort();
		assertThatThrownBy(() -> StartupAttempt.plain(application).start("health.server.port=" + port))
			.hasStackTraceContaining("made to fail");
		assertThat(ask(port).json()).containsEntry("state", "stopping");
		StartupAttempt.plain(Parent.class).start("health.server.port=" + port).close();
		assertIsFree(port);
	}

	@Test
	void failureOfAnotherApplicationTakesNothingFromTheFirst() throws IOException {
		int first = freePort();
		failOn(first, Failing.class);
		int second = freePort();
		failOn(second, FailingToo.class);
		assertFailed(first, "'failing'");
		assertIsFree(second);
		StartupAttempt.plain(Parent.class).start("health.server.port=" + second).close();
		assertFailed(first, "'failing'");
		StartupAttempt.plain(Parent.class).start("health.server.port=" + first).close();
		assertIsFree(first);
	}

	@Test
	void failureOfAnotherApplicationTakesNothingFromOneThatRuns() throws IOException {
		int first = freePort();
		try (ConfigurableApplicationContext context = StartupAttempt.plain(Parent.class)
			.start("health.server.port=" + first)) {
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ask(first).status() == 200);
			assertThatThrownBy(() -> StartupAttempt.plain(Failing.class).start("health.server.port=" + first))
				.isNotNull();
			assertThat(ask(first).status()).isEqualTo(200);
			assertThat(context.isRunning()).isTrue();
		}
		assertIsFree(first);
	}

	@Test
	void failureOfAChildTakesNothingFromItsParent() throws IOException {
		int port = freePort();
		SpringApplicationBuilder parent = new SpringApplicationBuilder(Parent.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("health.server.port=" + port, "spring.main.banner-mode=off");
		try (ConfigurableApplicationContext context = parent.run()) {
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> ask(port).status() == 200);
			assertThatThrownBy(() -> parent.child(Failing.class).web(WebApplicationType.NONE).run())
				.hasRootCauseMessage("made to fail");
			assertThat(ask(port).status()).isEqualTo(200);
			assertThat(context.isRunning()).isTrue();
		}
		assertIsFree(port);
	}

	@Test
	void failuresOfTheSameApplicationLeaveTheLastInstanceAlone() throws IOException {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		int port = 0;
		for (int i = 0; i < 5; i++) {
			port = freePort();
			failOn(port, Failing.class);
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(namesOfNewThreads(before)).contains("health-server", "health-liveness")
				.doesNotHaveDuplicates());
		StartupAttempt.plain(Parent.class).start("health.server.port=" + port).close();
		assertNoThreads(before);
	}

	@Test
	void failureWithoutAProbeServerLeavesNothing() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		assertThatThrownBy(() -> StartupAttempt.plain(Failing.class).start()).hasRootCauseMessage("made to fail");
		assertThatThrownBy(() -> StartupAttempt.plain(FailingRunner.class).start()).hasMessage("made to fail");
		assertThatThrownBy(() -> new SpringApplicationBuilder(Parent.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.initializers((context) -> {
				throw new IllegalStateException("made to fail");
			})
			.run()).hasMessage("made to fail");
		assertNoThreads(before);
	}

	@Test
	void failureInAServletContainerLeavesNothing() throws IOException {
		int port = freePort();
		assertThatThrownBy(() -> new SpringApplicationBuilder(Failing.class).web(WebApplicationType.SERVLET)
			.registerShutdownHook(false)
			.initializers(new ServletContextApplicationContextInitializer(new MockServletContext()))
			.properties("health.server.port=" + port, "spring.main.banner-mode=off")
			.run()).hasRootCauseMessage("made to fail");
		assertIsFree(port);
	}

	@ParameterizedTest
	@ValueSource(classes = { ClosedWhenRefreshed.class, ClosedWhenStarted.class })
	void contextThatIsClosedDuringItsStartLeavesNothing(Class<?> application) throws IOException {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		int port = freePort();
		try (ConfigurableApplicationContext context = StartupAttempt.plain(application)
			.start("health.server.port=" + port)) {
			assertThat(context.isActive()).isFalse();
		}
		assertIsFree(port);
		assertNoThreads(before);
	}

	private static void assertNoThreads(Set<Thread> before) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(namesOfNewThreads(before)).isEmpty());
	}

	private static List<String> namesOfNewThreads(Set<Thread> before) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !before.contains(thread))
			.map(Thread::getName)
			.filter((name) -> name.startsWith("health-"))
			.toList();
	}

	@StarterOnly
	static class ClosedWhenRefreshed {

		@EventListener
		void close(ContextRefreshedEvent event) {
			((ConfigurableApplicationContext) event.getApplicationContext()).close();
		}

	}

	@StarterOnly
	static class ClosedWhenStarted {

		@EventListener
		void close(ApplicationStartedEvent event) {
			event.getApplicationContext().close();
		}

	}

	@StarterOnly
	static class Parent {

	}

	@StarterOnly
	static class Failing {

		@Bean
		Object failing() {
			throw new IllegalStateException("made to fail");
		}

	}

	@StarterOnly
	static class EndedWhileBuilt {

		@Bean
		Object ended(HealthInstance instance) {
			instance.lifecycle().stop();
			throw new IllegalStateException("made to fail");
		}

	}

	@StarterOnly
	static class EndedWhileRun {

		@Bean
		ApplicationRunner runner(HealthInstance instance) {
			return (arguments) -> {
				instance.lifecycle().stop();
				throw new IllegalStateException("made to fail");
			};
		}

	}

	@StarterOnly
	static class FailingRunner {

		@Bean
		ApplicationRunner runner() {
			return (arguments) -> {
				throw new IllegalStateException("made to fail");
			};
		}

	}

	@StarterOnly
	static class FailingToo {

		@Bean
		Object failingToo() {
			throw new IllegalStateException("made to fail");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class FailingLast {

		@EventListener
		void onChange(HealthChangedEvent event) {
		}

		@Bean
		SmartLifecycle last() {
			return new SmartLifecycle() {

				@Override
				public void start() {
					throw new IllegalStateException("made to fail");
				}

				@Override
				public void stop() {
				}

				@Override
				public boolean isRunning() {
					return false;
				}

			};
		}

	}

}
