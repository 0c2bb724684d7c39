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

import java.util.List;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * One PostgreSQL with the tables of the orders and one Redis for all tests in this JVM
 * whose subject is not the servers. They end with the JVM.
 */
public final class SharedServers {

	private static final EmbeddedServers servers = start();

	private SharedServers() {
	}

	private static EmbeddedServers start() {
		EmbeddedServers servers = EmbeddedServers.start();
		new ResourceDatabasePopulator(new ClassPathResource("schema.sql"))
			.execute(new DriverManagerDataSource(url(servers), "postgres", ""));
		return servers;
	}

	/**
	 * Returns what points the sample application at these servers.
	 * @return the command line arguments
	 */
	public static List<String> arguments() {
		return List.of("--spring.profiles.active=external", "--spring.datasource.url=" + url(servers),
				"--spring.datasource.username=postgres", "--spring.data.redis.host=127.0.0.1",
				"--spring.data.redis.port=" + servers.redis().port(), "--spring.sql.init.mode=never");
	}

	public static int postgresPort() {
		return servers.postgres().port();
	}

	public static int redisPort() {
		return servers.redis().port();
	}

	private static String url(EmbeddedServers servers) {
		return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(servers.postgres().port());
	}

}
