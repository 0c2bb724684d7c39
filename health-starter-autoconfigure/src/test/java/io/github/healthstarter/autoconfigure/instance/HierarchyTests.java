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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.drain.DrainStartedEvent;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for contexts that are the children of others.
 */
@ExtendWith(OutputCaptureExtension.class)
class HierarchyTests {

	private static final String WARNING = "The health starter is set up in the context";

	private final Set<Thread> threadsBefore = threads();

	private final List<ConfigurableApplicationContext> open = new ArrayList<>();

	@AfterEach
	void close() {
		Set<Thread> begun = threads();
		begun.removeAll(this.threadsBefore);
		this.open.forEach(ConfigurableApplicationContext::close);
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(begun).noneMatch(Thread::isAlive));
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("health-"))
			.collect(Collectors.toSet());
	}

	@Test
	void childTellsOfWhatItSharesWithItsParent(CapturedOutput output) {
		ConfigurableApplicationContext child = run(plain(Plain.class).child(Child.class));
		awaitRunning(child);
		assertThat(ask(child, "/readyz")).satisfies((answer) -> {
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).contains("\"db\":{\"status\":\"UP\",\"impact\":\"required\"", "\"own\":{");
		});
		assertThat(child.getBean(Child.class).readinessWhileRunning).isEqualTo(503);
		assertThat(ask(child, "/startupz").status()).isEqualTo(200);
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void probeServerAnswersForTheChildAndIsOpenAsLongAsItsParent() {
		ConfigurableApplicationContext child = run(
				plain(Plain.class).properties("health.server.port=0").child(Child.class));
		awaitRunning(child);
		int port = child.getEnvironment().getRequiredProperty("local.health.port", Integer.class);
		assertThat(ask(port, "/readyz/own").status()).isEqualTo(200);
		child.close();
		assertThat(ask(port, "/readyz")).satisfies((answer) -> {
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.json()).containsEntry("state", "stopping");
		});
	}

	@Test
	void closingTheChildDrainsOnceAndClosingTheParentDoesNotDrainAgain() {
		ConfigurableApplicationContext child = run(plain(Plain.class).child(Child.class));
		ConfigurableApplicationContext parent = parent(child);
		Plain heard = parent.getBean(Plain.class);
		awaitRunning(child);
		child.close();
		assertThat(heard.drains).hasSize(1);
		parent.close();
		assertThat(heard.drains).hasSize(1);
	}

	@Test
	void closingTheParentDrainsItsChildBeforeAnythingCloses() {
		ConfigurableApplicationContext child = run(plain(Plain.class).child(Child.class));
		ConfigurableApplicationContext parent = parent(child);
		Plain heard = parent.getBean(Plain.class);
		awaitRunning(child);
		parent.close();
		assertThat(child.isActive()).isFalse();
		assertThat(heard.drains).hasSize(1);
		assertThat(heard.aliveWhileDraining).containsExactly(true);
	}

	@Test
	void siblingsTellOfThemselves(CapturedOutput output) {
		SpringApplicationBuilder first = plain(Plain.class).child(Child.class);
		ConfigurableApplicationContext one = run(first);
		ConfigurableApplicationContext other = run(first.sibling(Sibling.class));
		awaitRunning(one);
		awaitRunning(other);
		assertThat(ask(one, "/readyz/own").status()).isEqualTo(200);
		assertThat(ask(other, "/readyz/own").status()).isEqualTo(404);
		assertThat(ask(other, "/readyz/db").status()).isEqualTo(200);
		one.close();
		assertThat(ask(other, "/readyz").status()).isEqualTo(200);
		assertThat(other.getBean(HealthInstance.class).health().snapshot().state()).isEqualTo(HealthState.RUNNING);
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void starterInBothIsWarnedAboutAndEachTellsOfItself(CapturedOutput output) {
		ConfigurableApplicationContext child = run(plain(StarterToo.class).child(Child.class));
		ConfigurableApplicationContext parent = parent(child);
		assertThat(output).containsOnlyOnce(WARNING).contains("from the parent");
		awaitRunning(child);
		assertThat(child.getBean(Child.class).readinessWhileRunning).isEqualTo(503);
		assertThat(ask(child, "/readyz/db").status()).isEqualTo(200);
		assertThat(child.getBean(HealthInstance.class).health())
			.isNotSameAs(parent.getBean(HealthInstance.class).health());
		child.close();
		assertThat(parent.getBean(HealthInstance.class).health().freshSnapshot()).satisfies((snapshot) -> {
			assertThat(snapshot.state()).isEqualTo(HealthState.RUNNING);
			assertThat(snapshot.checks().find("db").status()).isEqualTo(CheckStatus.UP);
		});
	}

	@Test
	void warningNamesTheAncestorThatHasTheStarter(CapturedOutput output) {
		StarterContext.runner()
			.run((first) -> new ApplicationContextRunner().withParent(first)
				.run((plain) -> StarterContext.runner()
					.withParent(plain)
					.run((context) -> assertThat(output).containsOnlyOnce(WARNING)
						.contains("' and in its parent '" + first.getId() + "' as well."))));
	}

	private static SpringApplicationBuilder plain(Class<?> parent) {
		return new SpringApplicationBuilder(parent).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("server.port=0", "spring.main.banner-mode=off", "health.drain.max-wait=5s");
	}

	private ConfigurableApplicationContext run(SpringApplicationBuilder child) {
		ConfigurableApplicationContext context = child.web(WebApplicationType.SERVLET)
			.registerShutdownHook(false)
			.run();
		this.open.add(context);
		this.open.add(parent(context));
		return context;
	}

	private static ConfigurableApplicationContext parent(ConfigurableApplicationContext child) {
		return (ConfigurableApplicationContext) Objects.requireNonNull(child.getParent());
	}

	private static void awaitRunning(ApplicationContext context) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> context.getBean(HealthInstance.class).health().snapshot().state() == HealthState.RUNNING);
	}

	private static HttpAnswer ask(ApplicationContext context, String path) {
		return ask(ProbedApplication.port(context), path);
	}

	private static HttpAnswer ask(int port, String path) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask("GET", path);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

		private final Alive alive = new Alive();

		private final List<DrainStartedEvent> drains = new CopyOnWriteArrayList<>();

		private final List<Boolean> aliveWhileDraining = new CopyOnWriteArrayList<>();

		@Bean(destroyMethod = "shutdown")
		EmbeddedDatabase dataSource() {
			return new EmbeddedDatabaseBuilder().generateUniqueName(true).setType(EmbeddedDatabaseType.H2).build();
		}

		@Bean
		Alive alive() {
			return this.alive;
		}

		@EventListener
		void onDrain(DrainStartedEvent event) {
			this.drains.add(event);
			this.aliveWhileDraining.add(this.alive.open);
		}

	}

	static class Alive implements AutoCloseable {

		private volatile boolean open = true;

		@Override
		public void close() {
			this.open = false;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
	static class StarterToo extends Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
	static class Child {

		private volatile int readinessWhileRunning;

		@Bean
		HealthIndicator ownHealthIndicator() {
			return () -> Health.up().build();
		}

		@Bean
		ApplicationRunner asking(ApplicationContext context) {
			return (arguments) -> this.readinessWhileRunning = ask(context, "/readyz").status();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
	static class Sibling {

	}

}
