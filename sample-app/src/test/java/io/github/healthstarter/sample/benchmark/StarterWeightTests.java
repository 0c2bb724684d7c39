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

package io.github.healthstarter.sample.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.servers.SharedServers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts what the starter brings into the sample application: beans, and the classes
 * loaded until the first request has been answered, beyond those of the same application
 * without the starter. Unlike times, these do not depend on the machine.
 */
class StarterWeightTests {

	private static final int BEANS = 35;

	private static final int CLASSES = 580;

	@TempDir
	private Path directory;

	@Test
	void starterIsLight() throws IOException {
		MeasuredStart with = start("with", System.getProperty("java.class.path"));
		MeasuredStart without = start("without", JavaProcess.classPathWithoutStarter());
		System.out.printf("The starter adds %d beans and %d classes to the %d of the application%n", with.beans(),
				with.classes() - without.classes(), without.classes());
		assertThat(with.beans()).isPositive().isLessThanOrEqualTo(BEANS);
		assertThat(without.beans()).isZero();
		assertThat(with.classes() - without.classes()).isPositive().isLessThanOrEqualTo(CLASSES);
	}

	private MeasuredStart start(String name, String classPath) throws IOException {
		List<String> arguments = new ArrayList<>(SharedServers.arguments());
		arguments.add("--server.port=0");
		try (JavaProcess process = JavaProcess.start(this.directory.resolve(name),
				List.of("-cp", classPath, "-XX:TieredStopAtLevel=1"), MeasuredStart.class, arguments)) {
			return MeasuredStart.await(process);
		}
	}

}
