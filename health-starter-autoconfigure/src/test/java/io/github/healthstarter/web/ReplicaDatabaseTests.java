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

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.PostgresReplication;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.testing.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the probes of a web application whose PostgreSQL is a streaming replica.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplicaDatabaseTests {

	private static final Duration INTERVAL = Duration.ofSeconds(2);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final Duration ALLOWANCE = Duration.ofSeconds(1);

	@Test
	void probesAtAReplicaSayReadOnlyUntilItIsPromoted() {
		try (PostgresReplication servers = TestPostgres.replicated();
				ProbedApplication primary = start(servers.primary(), "always")) {
			primary.awaitState("running");
			try (ProbedApplication replica = start(servers.replica(), "never")) {
				replica.awaitState("read-only");
				assertThat(replica.get("/readyz").status()).isEqualTo(200);
				assertThat(replica.get("/readyz/read").status()).isEqualTo(200);
				assertThat(replica.get("/readyz/write").status()).isEqualTo(503);
				servers.promote();
				long promotedAt = System.nanoTime();
				replica.awaitState("running");
				assertThat(Duration.ofNanos(System.nanoTime() - promotedAt))
					.isLessThan(INTERVAL.plus(TIMEOUT).plus(ALLOWANCE));
				assertThat(replica.get("/readyz/write").status()).isEqualTo(200);
			}
		}
	}

	private static ProbedApplication start(TestPostgres server, String schema) {
		return ProbedApplication.start(
				new SpringApplicationBuilder(DatabaseApplication.class).web(WebApplicationType.SERVLET),
				"spring.datasource.url=" + server.jdbcUrl(), "spring.datasource.username=" + server.user(),
				"spring.datasource.password=" + server.password(), "health.jdbc.validation=write",
				"health.jdbc.initialize-schema=" + schema,
				"health.check-defaults.interval=" + INTERVAL.toSeconds() + "s",
				"health.check-defaults.timeout=" + TIMEOUT.toSeconds() + "s",
				"spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class DatabaseApplication {

	}

}
