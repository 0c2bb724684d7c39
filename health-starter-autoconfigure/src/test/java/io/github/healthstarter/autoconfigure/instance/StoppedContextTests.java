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

import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a context that is stopped or paused, and started again, without being closed.
 */
@ExtendWith(OutputCaptureExtension.class)
class StoppedContextTests {

	@Test
	void stoppedContextIsMaintenanceOnTheProbeServerUntilItsChecksPassAgain() {
		try (ConfigurableApplicationContext context = run("health.server.port=0")) {
			int port = context.getEnvironment().getRequiredProperty("local.health.port", Integer.class);
			await().until(() -> ask(port).status() == 200);
			context.stop();
			assertThat(ask(port)).satisfies((answer) -> {
				assertThat(answer.status()).isEqualTo(503);
				assertThat(answer.json()).containsEntry("state", "maintenance")
					.containsEntry("reason", "application context is stopped");
			});
			Dependency dependency = context.getBean(Dependency.class);
			dependency.up.set(false);
			context.start();
			await().until(() -> String.valueOf(ask(port).json().get("reason")).contains("waiting for checks: db"));
			assertThat(ask(port).status()).isEqualTo(503);
			dependency.up.set(true);
			await().until(() -> ask(port).status() == 200);
		}
	}

	@Test
	void stopOfAContextThatIsClosedIsItsEnd(CapturedOutput output) {
		run().close();
		assertThat(output).contains("-> stopping").doesNotContain("context is stopped");
	}

	@Test
	void pausedContextLogsNothingAndKeepsItsVerdict(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run("health.check-defaults.timeout=100ms")) {
			HealthInstance instance = context.getBean(HealthInstance.class);
			await().until(() -> instance.health().snapshot().state() == HealthState.RUNNING);
			await().until(() -> output.toString().contains("Health: starting -> running"));
			int logged = output.length();
			context.pause();
			await().until(() -> isOutdated(instance));
			assertThat(instance.health().snapshot().state()).isEqualTo(HealthState.RUNNING);
			Dependency dependency = context.getBean(Dependency.class);
			dependency.asked.set(false);
			context.restart();
			assertThat(instance.health().snapshot().state()).isEqualTo(HealthState.RUNNING);
			await().until(dependency.asked::get);
			assertThat(output.toString().substring(logged)).isEmpty();
		}
	}

	private static boolean isOutdated(HealthInstance instance) {
		long nanos = instance.time().nanos();
		return nanos - instance.checks().snapshot().freshUntil(nanos) > 0;
	}

	private static HttpAnswer ask(int port) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask("GET", "/readyz");
		}
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(Dependency.class).web(WebApplicationType.SERVLET)
			.logStartupInfo(false)
			.properties("server.port=0", "management.health.defaults.enabled=false",
					"health.check-defaults.interval=100ms", "health.check-defaults.retry-interval=50ms",
					"health.checks.db.impact=required", "health.drain.max-wait=0s")
			.properties(properties)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
					"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
					"org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration" })
	static class Dependency {

		private final AtomicBoolean up = new AtomicBoolean(true);

		private final AtomicBoolean asked = new AtomicBoolean();

		@Bean
		HealthIndicator dbHealthIndicator() {
			return () -> {
				this.asked.set(true);
				return this.up.get() ? Health.up().build() : Health.down().withDetail("error", "refused").build();
			};
		}

	}

}
