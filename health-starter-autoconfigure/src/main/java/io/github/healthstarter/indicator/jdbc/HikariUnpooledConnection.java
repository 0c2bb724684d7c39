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
import java.sql.SQLException;
import java.sql.Statement;

import javax.naming.NamingException;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.DriverDataSource;
import com.zaxxer.hikari.util.PropertyElf;
import com.zaxxer.hikari.util.UtilityElf;
import org.jspecify.annotations.Nullable;
import org.springframework.jndi.JndiTemplate;

/**
 * Connection to the database of HikariCP.
 *
 * @param pool the pool, open or not
 */
record HikariUnpooledConnection(HikariDataSource pool) implements UnpooledConnection {

	@Override
	public @Nullable Connection open() throws SQLException {
		Credentials credentials = credentials();
		Connection connection = (credentials.getUsername() != null)
				? driver().getConnection(credentials.getUsername(), credentials.getPassword())
				: driver().getConnection();
		try {
			setUp(connection);
			return connection;
		}
		catch (SQLException | RuntimeException ex) {
			DataSourceIndicator.close(connection);
			throw ex;
		}
	}

	private DataSource driver() throws SQLException {
		DataSource driver = (this.pool.getHikariPoolMXBean() instanceof HikariPool hikari)
				? hikari.getUnwrappedDataSource() : this.pool.getDataSource();
		return (driver != null) ? driver : createDriver();
	}

	// In the order in which the pool looks at its properties
	private DataSource createDriver() throws SQLException {
		if (this.pool.getDataSourceClassName() != null) {
			DataSource driver = UtilityElf.createInstance(this.pool.getDataSourceClassName(), DataSource.class);
			PropertyElf.setTargetFromProperties(driver, this.pool.getDataSourceProperties());
			return driver;
		}
		if (this.pool.getJdbcUrl() == null && this.pool.getDataSourceJNDI() != null) {
			return lookUp(this.pool.getDataSourceJNDI());
		}
		return new DriverDataSource(this.pool.getJdbcUrl(), this.pool.getDriverClassName(),
				this.pool.getDataSourceProperties(), this.pool.getUsername(), this.pool.getPassword());
	}

	private static DataSource lookUp(String name) throws SQLException {
		try {
			return new JndiTemplate().lookup(name, DataSource.class);
		}
		catch (NamingException ex) {
			throw new SQLException("There is no data source '" + name + "' in JNDI", ex);
		}
	}

	private Credentials credentials() {
		return (this.pool.getCredentialsProvider() != null) ? this.pool.getCredentialsProvider().getCredentials()
				: this.pool.getCredentials();
	}

	private void setUp(Connection connection) throws SQLException {
		if (this.pool.getCatalog() != null) {
			connection.setCatalog(this.pool.getCatalog());
		}
		if (this.pool.getSchema() != null) {
			connection.setSchema(this.pool.getSchema());
		}
		if (this.pool.getConnectionInitSql() != null) {
			try (Statement statement = connection.createStatement()) {
				statement.execute(this.pool.getConnectionInitSql());
			}
		}
	}

}
