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

package io.github.healthstarter.autoconfigure.indicator.jdbc;

import java.time.Duration;
import java.util.List;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

import io.github.healthstarter.indicator.jdbc.DataSourceIndicator;
import io.github.healthstarter.indicator.jdbc.Validation;
import io.github.healthstarter.testing.RestrictedClassPath;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionPools} where what it looks for is really not there.
 */
class ConnectionPoolsTests {

	@ParameterizedTest
	@ValueSource(strings = { "HikariCP", "spring-boot-jdbc" })
	void dataSourceIsAskedWithoutALibrary(String library) {
		try (RestrictedClassPath classPath = RestrictedClassPath.without(List.of(library))) {
			assertThat((String[]) classPath.call(Asked.class, "status", "jdbc:h2:mem:pools")).containsExactly("UP");
		}
	}

	static class Asked {

		static String[] status(String... url) {
			Duration timeout = Duration.ofSeconds(5);
			JdbcDataSource dataSource = new JdbcDataSource();
			dataSource.setUrl(url[0]);
			ConnectionPools pools = new ConnectionPools(new StaticListableBeanFactory());
			DataSourceIndicator indicator = new DataSourceIndicator(pools.find(dataSource, timeout),
					Validation.ping(timeout));
			return new String[] { indicator.health().getStatus().getCode() };
		}

	}

}
