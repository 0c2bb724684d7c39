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

package io.github.healthstarter.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;

import io.github.healthstarter.access.AccessRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AccessProperties}.
 */
class AccessPropertiesTests {

	private static AccessRules rules(String yaml) throws IOException {
		ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
		return new Binder(ConfigurationPropertySources.from(new YamlPropertySourceLoader().load("test", resource)))
			.bindOrCreate("health.access", AccessProperties.class)
			.rules();
	}

	@Test
	void loopbackIsTrustedUnlessSomethingIsListed() throws IOException {
		assertThat(rules("health.access.token: secret").trusts("127.0.0.1")).isTrue();
		assertThat(rules("health.access.trusted: [10.0.0.1]").trusts("127.0.0.1")).isFalse();
	}

	@Test
	void emptyListTrustsNobody() throws IOException {
		AccessRules rules = rules("health.access.trusted: []");
		assertThat(List.of("127.0.0.1", "::1", "10.0.0.1")).noneMatch(rules::trusts);
	}

	@Test
	void addressThatIsListedMayAdminister() throws IOException {
		assertThat(rules("health.access.trusted: [127.0.0.1]").letsAdminister("127.0.0.1")).isTrue();
		assertThat(rules("health.access.trusted: [127.0.0.0/8]").letsAdminister("127.0.0.1")).isFalse();
		assertThat(rules("health.access.allow: [127.0.0.1]").letsAdminister("127.0.0.1")).isFalse();
	}

	@Test
	void hostsNameThisMachine() throws IOException {
		assertThat(rules("health.access.hosts: [orders.internal]").namesThisMachine("orders.internal:80")).isTrue();
		assertThat(rules("health.access.token: secret").namesThisMachine("orders.internal:80")).isFalse();
	}

}
