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
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL and a streaming replica of it, both from the embedded binaries. There
 * is no {@code pg_basebackup} among them: the files are copied while the server runs, as
 * for any backup.
 */
public final class PostgresReplication implements AutoCloseable {

	/**
	 * What belongs to a running server, or comes by streaming.
	 */
	private static final Set<String> NOT_COPIED = Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

	private static final String LOG = "pg_wal";

	private final EmbeddedPostgres primary;

	private final EmbeddedPostgres replica;

	private final Path copy;

	private PostgresReplication(EmbeddedPostgres primary, EmbeddedPostgres replica, Path copy) {
		this.primary = primary;
		this.replica = replica;
		this.copy = copy;
	}

	static PostgresReplication start(EmbeddedPostgres.Builder primary, EmbeddedPostgres.Builder replica)
			throws IOException {
		EmbeddedPostgres server = primary.start();
		try {
			Path copy = Files.createTempDirectory("test-postgres-replica-");
			backUp(server, copy);
			Files.createFile(copy.resolve("standby.signal"));
			Files.writeString(copy.resolve("postgresql.auto.conf"),
					"primary_conninfo = 'host=127.0.0.1 port=%d user=postgres'%n".formatted(server.getPort()),
					StandardOpenOption.APPEND);
			return new PostgresReplication(server, replica.setDataDirectory(copy).setCleanDataDirectory(false).start(),
					copy);
		}
		catch (IOException | SQLException ex) {
			server.close();
			throw new IOException(ex);
		}
	}

	private static void backUp(EmbeddedPostgres server, Path copy) throws IOException, SQLException {
		try (Connection connection = server.getPostgresDatabase().getConnection()) {
			Path directory = Path.of(select(connection, "show data_directory"));
			select(connection, "select pg_start_backup('replica', true, false)");
			Files.walkFileTree(directory, new Copy(directory, copy));
			Files.writeString(copy.resolve("backup_label"),
					select(connection, "select labelfile from pg_stop_backup(false, false)"));
		}
	}

	private static String select(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
			result.next();
			return result.getString(1);
		}
	}

	/**
	 * Returns the server that is written to.
	 * @return the primary
	 */
	public TestPostgres primary() {
		return TestPostgres.of(this.primary);
	}

	/**
	 * Returns the server that follows it.
	 * @return the replica
	 */
	public TestPostgres replica() {
		return TestPostgres.of(this.replica);
	}

	/**
	 * Makes a primary of the replica and waits until it is one.
	 */
	public void promote() {
		try (Connection connection = this.replica.getPostgresDatabase().getConnection()) {
			select(connection, "select pg_promote()");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Ends both, and deletes their files.
	 */
	@Override
	public void close() {
		try {
			this.replica.close();
			this.primary.close();
			FileSystemUtils.deleteRecursively(this.copy);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Copies what is there and stays there.
	 */
	private static final class Copy extends SimpleFileVisitor<Path> {

		private final Path from;

		private final Path to;

		Copy(Path from, Path to) {
			this.from = from;
			this.to = to;
		}

		@Override
		public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
			if (!directory.equals(this.from)) {
				Files.createDirectory(target(directory));
			}
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
			Path path = this.from.relativize(file);
			if (!NOT_COPIED.contains(path.toString()) && !path.startsWith(LOG)) {
				Files.copy(file, target(file));
			}
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException ex) {
			return FileVisitResult.CONTINUE;
		}

		private Path target(Path path) {
			return this.to.resolve(this.from.relativize(path));
		}

	}

}
