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

import java.sql.SQLException;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.github.healthstarter.indicator.IndicatorCall;
import io.github.healthstarter.testing.FaultProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DataSourceIndicator} on H2 as a server.
 */
class H2DataSourceIndicatorTests extends AbstractDataSourceIndicatorTests {

	private static Server server;

	@BeforeAll
	static void startServer() throws SQLException {
		server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
	}

	@AfterAll
	static void stopServer() {
		server.stop();
	}

	@Override
	FaultProxy startProxy() {
		return FaultProxy.to("127.0.0.1", server.getPort());
	}

	@Override
	String productName() {
		return "H2";
	}

	@Override
	DataSource dataSource() {
		return dataSource("secret");
	}

	@Override
	DataSource rejectedDataSource() {
		assertThat(indicator(dataSource()).health()).isEqualTo(up());
		return dataSource("wrong");
	}

	@Override
	String rejection() {
		return "Wrong user name or password";
	}

	private DataSource dataSource(String password) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource
			.setUrl("jdbc:h2:tcp://%s:%d/mem:health;DB_CLOSE_DELAY=-1".formatted(this.proxy.host(), this.proxy.port()));
		dataSource.setUser("sa");
		dataSource.setPassword(password);
		return dataSource;
	}

	@Test
	void healthWhenDatabaseHangsBlocksUntilItAnswersBecauseTheDriverKnowsNoLimit() throws Exception {
		DataSourceIndicator indicator = indicator(singleConnection());
		this.proxy.hang();
		IndicatorCall call = IndicatorCall.onPlatformThread(indicator);
		assertThat(call.isBlockedFor(QUIET)).isTrue();
		call.interrupt();
		assertThat(call.isBlockedFor(QUIET.multipliedBy(3))).isTrue();
		this.proxy.pass();
		assertThat(call.result(LIMIT)).isEqualTo(up());
	}

}
