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

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.healthstarter.sample.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedServersConfiguration}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class EmbeddedServersConfigurationTests {

	@Autowired
	private EmbeddedServers servers;

	@Autowired
	private ConfigurableListableBeanFactory beans;

	@Test
	void serversCloseAfterThePoolsThatUseThem() {
		Set<String> dependents = new HashSet<>();
		addDependents("embeddedServers", dependents);
		assertThat(dependents).contains("dataSource", "redisConnectionFactory");
	}

	private void addDependents(String bean, Set<String> dependents) {
		Stream.of(this.beans.getDependentBeans(bean))
			.filter(dependents::add)
			.forEach((dependent) -> addDependents(dependent, dependents));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void serversAreOutOfReachOfCtrlC() {
		TestProcess self = new TestProcess(ProcessHandle.current().pid());
		assertThat(new TestProcess(this.servers.postgres().pid()).group()).isNotEqualTo(self.group());
		assertThat(new TestProcess(this.servers.redis().pid()).group()).isNotEqualTo(self.group());
	}

	@Test
	void profileExternalStartsNoServers() {
		new ApplicationContextRunner().withUserConfiguration(EmbeddedServersConfiguration.class)
			.withPropertyValues("spring.profiles.active=external")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedServers.class));
	}

}
