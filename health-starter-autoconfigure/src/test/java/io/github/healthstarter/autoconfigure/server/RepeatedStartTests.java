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

package io.github.healthstarter.autoconfigure.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.StartupAttempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that an application which is started and stopped over and over leaves nothing
 * behind. It has the starter's own parts alone, so that it starts fast, and a ballast, so
 * that a context which is kept shows.
 */
@Timeout(180)
class RepeatedStartTests {

	private static final int WARM_UP = 5;

	private static final int BALLAST = 1024 * 1024;

	private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

	@Test
	void startsAndStopsLeaveNeitherThreadsNorPortsNorContexts() {
		assertThatNothingIsLeftBehind(15);
	}

	@Test
	@Tag("long")
	void manyStartsAndStopsLeaveNeitherThreadsNorPortsNorContexts() {
		assertThatNothingIsLeftBehind(200);
	}

	private static void assertThatNothingIsLeftBehind(int starts) {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		startAndStop(WARM_UP);
		long used = usedHeap();
		startAndStop(starts);
		assertThat(usedHeap() - used).as("bytes kept by %s starts", starts).isLessThan((long) starts * BALLAST / 4);
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> !before.contains(thread))
				.extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("health-")));
	}

	private static void startAndStop(int times) {
		for (int i = 0; i < times; i++) {
			int port;
			try (ConfigurableApplicationContext context = StartupAttempt.plain(Application.class)
				.start("health.server.port=0")) {
				context.getBeanFactory().registerSingleton("ballast", new byte[BALLAST]);
				port = context.getEnvironment().getRequiredProperty("local.health.port", Integer.class);
				assertThat(status(port)).isEqualTo(200);
			}
			assertThatException().isThrownBy(() -> status(port));
		}
	}

	private static int status(int port) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask("GET", "/healthz").status();
		}
	}

	private static long usedHeap() {
		MEMORY.gc();
		return MEMORY.getHeapMemoryUsage().getUsed();
	}

	@StarterOnly
	static class Application {

	}

}
