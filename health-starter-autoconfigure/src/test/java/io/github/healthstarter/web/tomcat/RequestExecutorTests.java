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

package io.github.healthstarter.web.tomcat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.StartupAttempt;
import io.github.healthstarter.testing.StuckApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestExecutor}, with a Tomcat all of whose threads are busy.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class RequestExecutorTests {

	@Test
	void threadsThatAreAllStuckMakeLivenessFailUntilOneIsFree(CapturedOutput output) {
		List<HttpConnection> clients = new ArrayList<>();
		try (ConfigurableApplicationContext context = StartupAttempt.onServlets(StuckApplication.class)
			.start("health.server.port=0", "server.tomcat.threads.max=2", "server.tomcat.threads.min-spare=1",
					"health.liveness.signals.request-executor.enabled=true",
					"health.liveness.signals.request-executor.stuck-after=1s")) {
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			int probes = context.getEnvironment().getRequiredProperty("local.health.port", Integer.class);
			await().until(() -> status(probes, "/readyz") == 200);
			for (int i = 0; i < 4; i++) {
				HttpConnection client = HttpConnection.to(port);
				client.send("GET", "/stuck");
				clients.add(client);
			}
			await().until(() -> status(probes, "/healthz") == 503);
			await().untilAsserted(() -> assertThat(output).contains("requestExecutor: no thread has been free for",
					"-exec-", "Controller.stuck"));
			context.getBean(StuckApplication.Controller.class).release();
			await().until(() -> status(probes, "/healthz") == 200);
		}
		finally {
			clients.forEach(HttpConnection::close);
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50));
	}

	private static int status(int port, String path) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask("GET", path).status();
		}
	}

}
