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

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HiddenLibrariesTests {

	@Test
	void hiddenTypeIsNotSeen() {
		HiddenLibraries libraries = HiddenLibraries.of(List.of("spring-jdbc"));
		assertThat(libraries.has("org.springframework.jdbc.core.JdbcTemplate")).isFalse();
		assertThat(libraries.has("org.springframework.core.Ordered")).isTrue();
	}

	@Test
	void ownTypeIsLinkedWithoutTheHiddenOnes() {
		HiddenLibraries libraries = HiddenLibraries.of(List.of("spring-jdbc"));
		assertThatThrownBy(() -> libraries.call(User.class, "use")).cause()
			.isInstanceOf(NoClassDefFoundError.class)
			.hasMessageContaining("JdbcTemplate");
	}

	@Test
	void ownTypeIsLinkedWithAllOthers() {
		assertThat(HiddenLibraries.of(List.of("spring-data-redis")).call(User.class, "use"))
			.isEqualTo(JdbcTemplate.class.getName());
	}

	@Test
	void typeInAnotherLibraryAsWellIsSeen() {
		assertThat(HiddenLibraries.of(List.of("tomcat-embed-core")).has("jakarta.servlet.Servlet")).isTrue();
		assertThat(
				HiddenLibraries.of(List.of("tomcat-embed-core", "jakarta.servlet-api")).has("jakarta.servlet.Servlet"))
			.isFalse();
	}

	static class User {

		static String use(String... arguments) {
			return new JdbcTemplate().getClass().getName();
		}

	}

}
