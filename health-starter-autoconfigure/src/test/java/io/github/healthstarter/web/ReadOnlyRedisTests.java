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

package io.github.healthstarter.web;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.FaultProxy;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the probes of a web application that writes to a Redis which stops to take
 * writes, or to answer.
 */
class ReadOnlyRedisTests {

	private TestRedis redis;

	private FaultProxy proxy;

	private ProbedApplication application;

	@BeforeEach
	void start() {
		this.redis = TestRedis.launch();
		this.proxy = this.redis.proxy();
		this.application = ProbedApplication.onServlets(RedisApplication.class,
				"spring.data.redis.host=" + this.proxy.host(), "spring.data.redis.port=" + this.proxy.port(),
				"health.redis.validation=write", "health.checks.redis.timeout=1s",
				"spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");
	}

	@AfterEach
	void stop() {
		this.application.close();
		this.proxy.close();
		this.redis.close();
	}

	@Test
	void probesWhileRedisRefusesWritesSayReadOnlyAndWhenItTakesThemAgain() {
		assertThat(this.application.get("/readyz/write").status()).isEqualTo(200);
		this.redis.call("CONFIG", "SET", "maxmemory", "1");
		this.application.awaitState("read-only");
		assertThat(this.application.get("/readyz").status()).isEqualTo(200);
		assertThat(this.application.get("/readyz/read").status()).isEqualTo(200);
		assertThat(this.application.get("/readyz/write").status()).isEqualTo(503);
		assertThat(this.application.get("/readyz").json("components", "redis")).containsEntry("status", "DEGRADED")
			.containsEntry("error", "writes are refused: maxmemory is reached");
		this.redis.call("CONFIG", "SET", "maxmemory", "0");
		this.application.awaitState("running");
		assertThat(this.application.get("/readyz/write").status()).isEqualTo(200);
	}

	// The client itself has a minute of patience.
	@Test
	void writeThatIsNotAnsweredFailsWithTheTimeoutOfTheCheckAndComesBack() {
		this.proxy.hang();
		this.application.awaitState("failing");
		assertThat(this.application.get("/readyz").json("components", "redis")).hasEntrySatisfying("error",
				(error) -> assertThat((String) error).startsWith("timed out after 1s"));
		this.proxy.pass();
		this.application.awaitState("running");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class RedisApplication {

	}

}
