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

package io.github.healthstarter.sample.orders;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.servers.SharedServers;
import io.github.healthstarter.test.TestHealth;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what becomes of orders while a check fails or a drain is under way.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "health.check-defaults.timeout=20s")
@ActiveProfiles("external")
class OrdersInTroubleTests {

	private final TestHealth health;

	private final int port;

	OrdersInTroubleTests(@Autowired ApplicationContext context, @LocalServerPort int port) {
		this.health = TestHealth.of(context);
		this.port = port;
	}

	@DynamicPropertySource
	static void servers(DynamicPropertyRegistry properties) {
		for (String argument : SharedServers.arguments()) {
			String[] property = argument.substring(2).split("=", 2);
			properties.add(property[0], () -> property[1]);
		}
	}

	@AfterEach
	void reset() {
		this.health.reset();
	}

	@Test
	void ordersAreServedWhileReadinessIsOff() throws IOException {
		this.health.check("redis").down("no route to host");
		assertThat(this.health.state()).isEqualTo(HealthState.FAILING);
		assertThat(ask("/readyz")).satisfies((answer) -> {
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.body()).contains("\"reason\":\"redis: no route to host\"");
		});
		assertThat(ask("/orders").status()).isEqualTo(200);
		this.health.check("redis").clearOverride();
		assertThat(ask("/readyz").status()).isEqualTo(200);
	}

	@Test
	void ordersAreServedByADrainAndTheirConnectionsClosed() throws IOException {
		this.health.beginDrain();
		assertThat(ask("/readyz").status()).isEqualTo(503);
		assertThat(ask("/orders")).satisfies((answer) -> {
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.closesConnection()).isTrue();
		});
		this.health.undoDrain();
		assertThat(ask("/readyz").status()).isEqualTo(200);
	}

	private HttpAnswer ask(String path) throws IOException {
		return HttpConnection.ask(this.port, "GET", path);
	}

}
