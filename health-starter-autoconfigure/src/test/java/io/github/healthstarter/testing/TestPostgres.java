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

package io.github.healthstarter.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL for tests: a container where Docker can provide one, else the
 * embedded binaries. It starts at the first use and ends with the JVM.
 *
 * @param host the host
 * @param port the port
 * @param database the name of the database
 * @param user the name of its superuser
 * @param password the user's password; the embedded server takes any
 */
public record TestPostgres(String host, int port, String database, String user, String password) {

	private static final String IMAGE = "postgres:17-alpine";

	private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);

	/**
	 * Returns the server that all tests of this JVM share, started if need be.
	 * @return the running server
	 */
	public static TestPostgres shared() {
		return Shared.INSTANCE;
	}

	/**
	 * Starts a server and a replica of it, for a test of its own.
	 * @return both, for the caller to close
	 */
	public static PostgresReplication replicated() {
		try {
			return PostgresReplication.start(embedded(), embedded());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static TestPostgres of(EmbeddedPostgres server) {
		return new TestPostgres("127.0.0.1", server.getPort(), "postgres", "postgres", "postgres");
	}

	private static EmbeddedPostgres.Builder embedded() {
		return EmbeddedPostgres.builder().setPGStartupWait(STARTUP_LIMIT);
	}

	/**
	 * Returns the URL for JDBC, without user and password.
	 * @return the URL
	 */
	public String jdbcUrl() {
		return jdbcUrl(this.host, this.port);
	}

	/**
	 * Returns the URL for JDBC that leads through a proxy.
	 * @param proxy a proxy to this server
	 * @return the URL, without user and password
	 */
	public String jdbcUrl(FaultProxy proxy) {
		return jdbcUrl(proxy.host(), proxy.port());
	}

	/**
	 * Starts a proxy to this server.
	 * @return the proxy, for the caller to close
	 */
	public FaultProxy proxy() {
		return FaultProxy.to(this.host, this.port);
	}

	private String jdbcUrl(String host, int port) {
		return "jdbc:postgresql://%s:%d/%s".formatted(host, port, this.database);
	}

	private static TestPostgres start() {
		if (TestServers.runInContainer("PostgreSQL", IMAGE)) {
			return startContainer();
		}
		return startEmbedded();
	}

	@SuppressWarnings("resource")
	private static TestPostgres startContainer() {
		PostgreSQLContainer container = new PostgreSQLContainer(IMAGE).withStartupTimeout(STARTUP_LIMIT);
		container.start();
		Runtime.getRuntime().addShutdownHook(new Thread(container::stop, "test-postgres-stop"));
		return new TestPostgres(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
				container.getDatabaseName(), container.getUsername(), container.getPassword());
	}

	@SuppressWarnings("resource")
	private static TestPostgres startEmbedded() {
		try {
			return of(embedded().start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class Shared {

		static final TestPostgres INSTANCE = start();

	}

}
