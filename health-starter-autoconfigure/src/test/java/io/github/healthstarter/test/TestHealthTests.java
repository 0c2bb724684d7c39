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

package io.github.healthstarter.test;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.drain.DrainStartedEvent;
import io.github.healthstarter.health.HealthChangedEvent;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.health.Probe;
import io.github.healthstarter.testing.EnableWithoutDependencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link TestHealth}.
 */
class TestHealthTests {

	private static ConfigurableApplicationContext context;

	private static TestHealth health;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run("--health.checks.stock.impact=required", "--health.checks.stock.failure-threshold=5",
					"--health.checks.stuck.timeout=50ms", "--spring.main.banner-mode=off");
		health = TestHealth.of(context);
		await().until(() -> health.state() == HealthState.RUNNING);
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@BeforeEach
	void reset() {
		health.reset();
		context.getBean(Application.class).heard.clear();
	}

	@Test
	void checkThatIsSetDownTurnsReadinessOffBeforeTheCallReturns() {
		health.check("stock").down("no route");
		assertThat(health.state()).isEqualTo(HealthState.FAILING);
		assertThat(health.snapshot().passes(Probe.READINESS)).isFalse();
		assertThat(health.snapshot().passes(Probe.LIVENESS)).isTrue();
		assertThat(health.snapshot().reason()).isEqualTo("stock: no route");
		assertThat(heard()).containsExactly("running -> failing");
		health.check("stock").up();
		assertThat(health.state()).isEqualTo(HealthState.RUNNING);
		assertThat(heard()).containsExactly("running -> failing", "failing -> running");
	}

	@Test
	void restrictionsAreSet() {
		health.check("stock").degraded("pool exhausted");
		assertThat(health.state()).isEqualTo(HealthState.DEGRADED);
		health.check("stock").readOnly("a replica");
		assertThat(health.state()).isEqualTo(HealthState.READ_ONLY);
		assertThat(health.snapshot().servesWrites()).isFalse();
	}

	@Test
	void checkWithoutOverrideShowsItsDependencyAgain() {
		health.check("stock").down("no route");
		health.check("stock").clearOverride();
		assertThat(health.state()).isEqualTo(HealthState.RUNNING);
	}

	@Test
	void resetUndoesWhatAnotherHasDone() {
		TestHealth other = TestHealth.of(context);
		other.check("stock").down("no route");
		other.beginDrain();
		health.reset();
		assertThat(health.state()).isEqualTo(HealthState.RUNNING);
	}

	@Test
	void closingResets() {
		try (TestHealth other = TestHealth.of(context)) {
			other.check("stock").down("no route");
		}
		assertThat(health.state()).isEqualTo(HealthState.RUNNING);
	}

	@Test
	void drainIsBegunAndUndoneAndListenersHaveBeenNotified() {
		health.beginDrain();
		assertThat(health.state()).isEqualTo(HealthState.DRAINING);
		assertThat(heard()).contains("drain by API", "running -> draining");
		health.undoDrain();
		assertThat(health.state()).isEqualTo(HealthState.RUNNING);
	}

	@Test
	void overrideIsVisibleWhileTheDependencyDoesNotAnswer() {
		health.check("stuck").up();
		assertThat(status("stuck")).isEqualTo(CheckStatus.UP);
		health.check("stuck").down("no route");
		assertThat(status("stuck")).isEqualTo(CheckStatus.DOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ordersIn-stock", "orders-in-stock", "ORDERSINSTOCK" })
	void nameIsReadAsInProperties(String name) {
		health.check(name).degraded("slow");
		assertThat(status("ordersInStock")).isEqualTo(CheckStatus.DEGRADED);
		health.check(name).clearOverride();
		assertThat(status("ordersInStock")).isEqualTo(CheckStatus.UP);
	}

	@Test
	void unknownCheckIsRefusedWithTheNamesThatThereAre() {
		assertThatIllegalArgumentException().isThrownBy(() -> health.check("stocks"))
			.withMessageStartingWith("There is no check 'stocks'; there are [")
			.withMessageContaining("stock");
	}

	private static CheckStatus status(String check) {
		return health.snapshot().checks().find(check).status();
	}

	private static List<String> heard() {
		return context.getBean(Application.class).heard;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Application {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		private final CompletableFuture<Health> never = new CompletableFuture<>();

		@Bean
		HealthIndicator stock() {
			return () -> Health.up().build();
		}

		@Bean
		HealthIndicator ordersInStock() {
			return () -> Health.up().build();
		}

		@Bean
		HealthIndicator stuck() {
			return this.never::join;
		}

		@EventListener
		void onChange(HealthChangedEvent event) {
			if (event.before().state() != event.after().state()) {
				this.heard.add(event.before().state().label() + " -> " + event.after().state().label());
			}
		}

		@EventListener
		void onDrain(DrainStartedEvent event) {
			this.heard.add("drain by " + event.trigger());
		}

	}

}
