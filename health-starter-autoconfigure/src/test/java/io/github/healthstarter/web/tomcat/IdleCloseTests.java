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

import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the end of an application with nothing in flight and nobody probing.
 */
class IdleCloseTests {

	private static final Duration LIMIT = Duration.ofMillis(100);

	@Test
	void acceptorIsStoppedWithoutARequest() {
		ConfigurableApplicationContext context = run("health.enabled=true");
		TomcatWebServer server = (TomcatWebServer) ((WebServerApplicationContext) context).getWebServer();
		ThreadPoolExecutor executor = (ThreadPoolExecutor) server.getTomcat()
			.getConnector()
			.getProtocolHandler()
			.getExecutor();
		context.close();
		assertThat(executor.isTerminated()).isTrue();
		assertThat(executor.getCompletedTaskCount()).isZero();
	}

	@Test
	void closeTakesAtMostATenthOfASecondMoreThanWithoutTheStarter() {
		long plain = Long.MAX_VALUE;
		long starter = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			plain = Math.min(plain, close("health.enabled=false"));
			starter = Math.min(starter, close("health.server.port=0"));
		}
		assertThat(Duration.ofNanos(starter - plain)).isLessThan(LIMIT);
	}

	private static long close(String property) {
		ConfigurableApplicationContext context = run(property);
		long begun = System.nanoTime();
		context.close();
		return System.nanoTime() - begun;
	}

	private static ConfigurableApplicationContext run(String property) {
		return new SpringApplicationBuilder(Plain.class).web(WebApplicationType.SERVLET)
			.logStartupInfo(false)
			.properties("server.port=0", property)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
					"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
					"org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration" })
	static class Plain {

	}

}
