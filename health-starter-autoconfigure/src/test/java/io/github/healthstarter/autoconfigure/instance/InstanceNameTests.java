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

package io.github.healthstarter.autoconfigure.instance;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class InstanceNameTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void nameIsThatOfTheContainer() {
		this.environment.setProperty("HOSTNAME", "orders-7d9f");
		assertThat(InstanceName.find(this.environment)).isEqualTo("orders-7d9f");
	}

	@Test
	void nameIsThatOfAWindowsComputer() {
		this.environment.setProperty("COMPUTERNAME", "DESK");
		assertThat(InstanceName.find(this.environment)).isEqualTo("DESK");
	}

	@Test
	void nameIsTheKernelsWhereTheEnvironmentHasNone() {
		assumeThat(Path.of("/proc/sys/kernel/hostname")).isReadable();
		assertThat(InstanceName.find(this.environment)).isNotBlank()
			.satisfies((name) -> assertThat(Files.readString(Path.of("/proc/sys/kernel/hostname"))).startsWith(name));
	}

}
