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

package io.github.healthstarter.startup;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RunningRunner}.
 */
class RunningRunnerTests {

	private static final String RUN = "org.springframework.boot.SpringApplication.callRunner";

	private static final String READY = "org.springframework.boot.SpringApplicationRunListeners.ready";

	@Test
	void findReturnsTheMethodThatTheApplicationCalls() {
		assertThat(find("java.lang.Thread.sleep", "com.example.Client.get", "com.example.WarmUp.run", RUN,
				"com.example.Main.main"))
			.isEqualTo("com.example.WarmUp.run");
	}

	@Test
	void findReturnsTheListenerBehindTheFramework() {
		assertThat(find("com.example.WarmUp.onReady", "jdk.internal.reflect.DirectMethodHandleAccessor.invoke",
				"org.springframework.context.event.ApplicationListenerMethodAdapter.doInvoke",
				"org.springframework.boot.context.event.EventPublishingRunListener.ready", READY, RUN))
			.isEqualTo("com.example.WarmUp.onReady");
	}

	@Test
	void findLeavesOutProxies() {
		assertThat(find("com.example.WarmUp.run", "com.example.WarmUp$$SpringCGLIB$$0.run", RUN))
			.isEqualTo("com.example.WarmUp.run");
	}

	@Test
	void findReturnsTheFrameworksOwnRunner() {
		assertThat(find("java.lang.Object.wait", "org.springframework.batch.Job.run",
				"org.springframework.boot.batch.JobRunner.run", RUN))
			.isEqualTo("org.springframework.boot.batch.JobRunner.run");
	}

	@Test
	void findBetweenRunnersReturnsTheApplication() {
		assertThat(find(RUN, "com.example.Main.main")).isEqualTo(RUN);
	}

	@Test
	void findWithoutAnApplicationReturnsNothing() {
		assertThat(find("java.lang.Thread.sleep", "com.example.Main.main")).isNull();
		assertThat(RunningRunner.find(new StackTraceElement[0])).isNull();
	}

	private static String find(String... frames) {
		return RunningRunner.find(Stream.of(frames).map((frame) -> {
			int dot = frame.lastIndexOf('.');
			return new StackTraceElement(frame.substring(0, dot), frame.substring(dot + 1), null, 1);
		}).toArray(StackTraceElement[]::new));
	}

}
