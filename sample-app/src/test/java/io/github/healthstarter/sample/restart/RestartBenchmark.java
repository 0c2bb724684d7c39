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

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts what many restarts under load lose, and what plain Spring Boot loses under the
 * same. Not a part of every build, because it takes minutes:
 *
 * <pre>
 * mvn verify -P long -pl sample-app -am -Dtest=RestartBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class RestartBenchmark {

	private static final int RESTARTS = Integer.getInteger("restarts", 20);

	private static final int PLAIN_RESTARTS = Math.max(1, RESTARTS / 4);

	@TempDir
	private Path directory;

	@BeforeAll
	static void assumeHaProxy() {
		RestartTests.assumeHaProxy();
	}

	@Test
	@Tag("long")
	void restartsDropNoRequestWherePlainSpringBootDropsTens() throws Exception {
		RollingRestart plain = RollingRestart.run(Application.PLAIN, PLAIN_RESTARTS, this.directory.resolve("plain"));
		RollingRestart starter = RollingRestart.run(Application.STARTER, RESTARTS, this.directory.resolve("starter"));
		System.out.println(RestartTable.of(starter, plain));
		RestartTests.assertNothingLost(starter);
		assertThat(plain.behindHaProxy()).filteredOn((outcome) -> !outcome.isAnswered())
			.hasSizeGreaterThan(10 * PLAIN_RESTARTS);
	}

}
