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

package io.github.healthstarter.sample.pauses;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import io.github.healthstarter.check.CheckListener;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.instance.HealthInstance;

/**
 * An application with a required dependency that keeps its processor busy and its
 * schedule waiting when asked to. No configuration class, because the sample application
 * would find it among its own.
 */
@EnableAutoConfiguration(excludeName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration" })
public class ProbedApplication {

	static final String DEPENDENCY_PORT = "dependency.port";

	static final String COMPUTING = "Computing";

	static final String SPINNING = "Spinning";

	static final String HANGING = "The schedule of the checks hangs";

	public static void main(String[] args) {
		SpringApplication.run(ProbedApplication.class, args);
	}

	@Bean
	HealthIndicator dependencyHealthIndicator() {
		int port = Integer.getInteger(DEPENDENCY_PORT);
		return () -> {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return Health.up().withDetail("port", socket.getPort()).build();
			}
			catch (IOException ex) {
				return Health.down(ex).build();
			}
		};
	}

	@Bean
	@ConditionalOnBooleanProperty("indicator.spins")
	HealthIndicator spinningHealthIndicator() {
		return () -> {
			System.out.println(SPINNING);
			spin(Duration.ofHours(1));
			return Health.up().build();
		};
	}

	private static void spin(Duration duration) {
		long begun = System.nanoTime();
		while (System.nanoTime() - begun < duration.toNanos()) {
			Thread.onSpinWait();
		}
	}

	// No controller, for the same reason
	@Bean
	RouterFunction<ServerResponse> trouble(HealthInstance instance) {
		return RouterFunctions.route().GET("/compute", (request) -> {
			System.out.println(COMPUTING);
			spin(Duration.ofSeconds(6));
			return ServerResponse.ok().build();
		}).GET("/hang", (request) -> {
			instance.checks().addListener(new Hanging());
			return ServerResponse.ok().build();
		}).build();
	}

	/**
	 * Waits for ever on the thread that schedules the checks.
	 */
	private static final class Hanging implements CheckListener {

		@Override
		public void onResult(CheckState before, CheckState after) {
			System.out.println(HANGING);
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
