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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;

import io.github.healthstarter.indicator.jdbc.DataSourceIndicator;
import io.github.healthstarter.indicator.jdbc.Validation;
import io.github.healthstarter.testing.RestrictedClassPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ConnectionPools} where what it looks for is really not there.
 */
class ConnectionPoolsTests {

	@ParameterizedTest
	@ValueSource(strings = { "HikariCP", "spring-boot-jdbc" })
	void dataSourceIsCheckedWithoutALibrary(String library) {
		try (RestrictedClassPath classPath = RestrictedClassPath.without(List.of(library))) {
			assertThat((String[]) classPath.call(Asked.class, "status", "jdbc:h2:mem:pools")).containsExactly("UP");
		}
	}

	@Test
	void poolIsReadWithoutTomcat() {
		try (RestrictedClassPath classPath = RestrictedClassPath.without(List.of("tomcat-jdbc"))) {
			assertThat((String[]) classPath.call(Read.class, "status", "jdbc:h2:mem:pools"))
				.containsExactly("DEGRADED");
		}
	}

	static class Read {

		static String[] status(String... url) {
			StaticListableBeanFactory beanFactory = new StaticListableBeanFactory();
			DataSourcePoolMetadata metadata = mock();
			given(metadata.getMax()).willReturn(1);
			given(metadata.getActive()).willReturn(1);
			beanFactory.addBean("provider", (DataSourcePoolMetadataProvider) (dataSource) -> metadata);
			return Asked.status(beanFactory, url[0]);
		}

	}

	static class Asked {

		static String[] status(String... url) {
			return status(new StaticListableBeanFactory(), url[0]);
		}

		static String[] status(BeanFactory beanFactory, String url) {
			Duration timeout = Duration.ofSeconds(5);
			JdbcDataSource dataSource = new JdbcDataSource();
			dataSource.setUrl(url);
			DataSourceIndicator indicator = new DataSourceIndicator(
					() -> new ConnectionPools(beanFactory).find(dataSource, timeout), Validation.ping(timeout));
			return new String[] { indicator.health().getStatus().getCode() };
		}

	}

}
