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

package io.github.healthstarter.sample.restart;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.load.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that restarts under load drop no request, behind a real HAProxy and with clients
 * that balance by themselves. {@code -Drestarts=20} makes it more than a few.
 */
class RestartTests {

	private static final int RESTARTS = Integer.getInteger("restarts", 3);

	@TempDir
	private Path directory;

	@BeforeAll
	static void assumeHaProxy() {
		assumeThat(HaProxy.executable()).as("haproxy is installed").isPresent();
	}

	@Test
	void restartsUnderLoadDropNoRequest() throws Exception {
		RollingRestart run = RollingRestart.run(Application.STARTER, RESTARTS, this.directory);
		System.out.println(RestartTable.of(run));
		assertNothingLost(run);
	}

	static void assertNothingLost(RollingRestart run) {
		assertThat(failures(run.behindHaProxy())).as("behind HAProxy, which says: %s", run.proxyLog()).isEmpty();
		assertThat(failures(run.balancing())).as("balancing by themselves").isEmpty();
		assertThat(run.logs()).allSatisfy(
				(log) -> assertThat(log).containsPattern("drain=quiesced .*servedWhileDraining=[1-9].*cutOff=0"));
	}

	private static String failures(List<Outcome> outcomes) {
		return outcomes.stream()
			.filter((outcome) -> !outcome.isAnswered())
			.map((outcome) -> outcome.describe(outcomes.get(0).dueAt()))
			.collect(Collectors.joining("\n"));
	}

}
