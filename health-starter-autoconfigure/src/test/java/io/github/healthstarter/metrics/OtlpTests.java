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

package io.github.healthstarter.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.EnableWithoutDependencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that metrics are pushed by OTLP.
 */
class OtlpTests {

	private final ByteArrayOutputStream pushed = new ByteArrayOutputStream();

	private HttpServer collector;

	@BeforeEach
	void start() throws IOException {
		this.collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.collector.createContext("/v1/metrics", this::receive);
		this.collector.start();
	}

	@AfterEach
	void stop() {
		this.collector.stop(0);
	}

	private void receive(HttpExchange exchange) throws IOException {
		synchronized (this.pushed) {
			exchange.getRequestBody().transferTo(this.pushed);
		}
		exchange.sendResponseHeaders(200, -1);
		exchange.close();
	}

	// What has not been pushed yet is pushed when the registry is closed
	@Test
	void metersArePushedByTheirNames() {
		String url = "http://127.0.0.1:" + this.collector.getAddress().getPort() + "/v1/metrics";
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run("--collector=" + url, "--spring.main.banner-mode=off", "--health.checks.diskSpace.impact=required")) {
			await().until(() -> context.getBean(HealthInstance.class).health().snapshot().state(),
					HealthState.RUNNING::equals);
		}
		synchronized (this.pushed) {
			assertThat(this.pushed.toString(StandardCharsets.ISO_8859_1)).contains("health.state", "running",
					"health.check.up", "diskSpace", "health.check.age", "health.probe.requests",
					"health.requests.in.flight", "health.startup.duration");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Application {

		@Bean
		OtlpMeterRegistry registry(@Value("${collector}") String url) {
			return new OtlpMeterRegistry((key) -> "otlp.url".equals(key) ? url : null, Clock.SYSTEM);
		}

	}

}
