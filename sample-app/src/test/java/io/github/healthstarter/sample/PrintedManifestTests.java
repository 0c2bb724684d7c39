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

package io.github.healthstarter.sample;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the application prints a manifest instead of starting. It is given no
 * database, and all that it prints is the manifest.
 */
class PrintedManifestTests {

	@TempDir
	private Path directory;

	@Test
	void manifestIsAllThatIsPrintedAndNothingIsStarted() throws Exception {
		assertThat(run(0, "kubernetes")).content()
			.startsWith("# For the pod template.")
			.contains("terminationGracePeriodSeconds: 50")
			.endsWith("failureThreshold: 1\n");
	}

	@Test
	void whatCannotBePrintedIsRefused() throws Exception {
		assertThat(run(1, "nomad"))
			.hasContent("--health.print=nomad: there is no such manifest. Choose one of kubernetes, systemd, compose");
	}

	private Path run(int exitCode, String name) throws Exception {
		Path output = this.directory.resolve("output");
		try (JavaProcess application = JavaProcess.start(output, SampleApplication.class, "--health.print=" + name)) {
			assertThat(application.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(application.process().exitValue()).isEqualTo(exitCode);
		}
		return output;
	}

}
