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

package io.github.healthstarter.indicator.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.boot.health.contributor.Health;

/**
 * Commits a row and, if that is refused, finds out whether the database answers reads.
 */
final class WriteValidation implements Validation {

	private final ProbeTable table;

	private final int timeoutSeconds;

	private final AtomicBoolean purged = new AtomicBoolean();

	WriteValidation(ProbeTable table, Duration timeout) {
		this.table = table;
		this.timeoutSeconds = DriverTimeout.seconds(timeout);
	}

	@Override
	public Health validate(Connection connection) throws SQLException {
		String product = connection.getMetaData().getDatabaseProductName();
		SqlDialect dialect = SqlDialect.of(product);
		if (dialect == null) {
			return down("no statement is known that writes to '%s'; there is one for %s".formatted(product,
					SqlDialect.supported()));
		}
		try {
			writeOrCreate(connection, dialect);
			return Health.up().build();
		}
		catch (SQLException ex) {
			return judge(connection, dialect, ex);
		}
	}

	private void writeOrCreate(Connection connection, SqlDialect dialect) throws SQLException {
		try {
			write(connection, dialect);
		}
		catch (SQLException ex) {
			if (!SqlErrors.isMissingTable(ex) || !this.table.created().test(connection)) {
				throw ex;
			}
			create(connection, dialect);
		}
	}

	// Another instance may have been the first to create it.
	private void create(Connection connection, SqlDialect dialect) throws SQLException {
		try {
			Transaction.write(connection, () -> execute(connection, dialect.create(this.table.name())));
		}
		catch (SQLException ex) {
			try {
				write(connection, dialect);
			}
			catch (SQLException again) {
				throw SqlErrors.isMissingTable(again) ? ex : again;
			}
			return;
		}
		write(connection, dialect);
	}

	private void write(Connection connection, SqlDialect dialect) throws SQLException {
		Transaction.write(connection, () -> upsert(connection, dialect));
		if (this.purged.compareAndSet(false, true)) {
			purge(connection, dialect);
		}
	}

	private void upsert(Connection connection, SqlDialect dialect) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(dialect.upsert(this.table.name()))) {
			DriverTimeout.limit(statement, this.timeoutSeconds);
			statement.setString(1, this.table.instance());
			statement.executeUpdate();
		}
	}

	private void purge(Connection connection, SqlDialect dialect) {
		try {
			Transaction.write(connection, () -> execute(connection, dialect.purge(this.table.name())));
		}
		catch (SQLException ex) {
			// Old rows take a little room and do no harm.
		}
	}

	private void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			DriverTimeout.limit(statement, this.timeoutSeconds);
			statement.execute(sql);
		}
	}

	private Health judge(Connection connection, SqlDialect dialect, SQLException ex) throws SQLException {
		if (!reads(connection, dialect)) {
			throw ex;
		}
		if (SqlErrors.isUnfinished(ex)) {
			return down("the write did not end: " + SqlErrors.describe(ex));
		}
		String create = dialect.create(this.table.name());
		if (SqlErrors.isMissingTable(ex)) {
			return down("table '%s' is missing; to create it, run: %s".formatted(this.table.name(), create));
		}
		if (SqlErrors.isMissingPermission(ex)) {
			return down("user '%s' may not write to table '%s': %s".formatted(connection.getMetaData().getUserName(),
					this.table.name(), SqlErrors.describe(ex)));
		}
		if (SqlErrors.isMisfit(ex)) {
			return down("table '%s' is not as it was created with %s: %s".formatted(this.table.name(), create,
					SqlErrors.describe(ex)));
		}
		return Health.status("READ_ONLY").withDetail("error", "writes are refused: " + SqlErrors.describe(ex)).build();
	}

	private boolean reads(Connection connection, SqlDialect dialect) {
		try {
			Transaction.read(connection, () -> execute(connection, dialect.read()));
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private static Health down(String error) {
		return Health.down().withDetail("error", error).build();
	}

}
