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

package io.github.healthstarter.sample.servers;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Starts PostgreSQL and Redis with the application, unless the profile {@code external}
 * points it at servers of your own.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!external")
class EmbeddedServersConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedServersConfiguration.class);

	@Bean
	EmbeddedServers embeddedServers() {
		EmbeddedServers servers = EmbeddedServers.start();
		logger.info(
				"PostgreSQL runs on port {} (pid {}) and Redis on port {} (pid {}): `kill -STOP {}` hangs Redis,"
						+ " `kill -CONT {}` brings it back",
				servers.postgres().port(), servers.postgres().pid(), servers.redis().port(), servers.redis().pid(),
				servers.redis().pid(), servers.redis().pid());
		return servers;
	}

	@Bean
	JdbcConnectionDetails jdbcConnectionDetails(EmbeddedServers servers) {
		return new PostgresConnectionDetails(servers.postgres());
	}

	@Bean
	DataRedisConnectionDetails redisConnectionDetails(EmbeddedServers servers) {
		return new RedisConnectionDetails(servers.redis());
	}

	private record PostgresConnectionDetails(EmbeddedServer server) implements JdbcConnectionDetails {

		@Override
		public String getUsername() {
			return "postgres";
		}

		@Override
		public @Nullable String getPassword() {
			return null;
		}

		@Override
		public String getJdbcUrl() {
			return "jdbc:postgresql://127.0.0.1:" + this.server.port() + "/postgres";
		}

	}

	private record RedisConnectionDetails(EmbeddedServer server) implements DataRedisConnectionDetails {

		@Override
		public Standalone getStandalone() {
			return Standalone.of("127.0.0.1", this.server.port());
		}

	}

}
