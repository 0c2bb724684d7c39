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

package io.github.healthstarter.autoconfigure.startup;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SlowStartLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SlowStartLogTests {

	private final ManualTime time = new ManualTime();

	private final StartupProgress progress = new StartupProgress(this.time);

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final ManualScheduler runnerScheduler = new ManualScheduler(this.time);

	private final SlowStartLog log = new SlowStartLog(this.progress, this.scheduler, this.time);

	@Test
	void beanThatTakesLongIsLoggedOnce(CapturedOutput output) {
		this.progress.expect(410);
		this.progress.begin("modelLoader");
		this.time.advance(Duration.ofSeconds(30));
		assertThat(output.toString().split("waiting for the bean 'modelLoader' for 10s \\(0 of 410 beans")).hasSize(2);
	}

	@Test
	void pauseOfTheProcessCountsAgainstNoBean(CapturedOutput output) {
		this.progress.begin("modelLoader");
		this.time.advance(Duration.ofSeconds(9));
		this.time.pause(Duration.ofSeconds(75));
		this.time.advance(Duration.ofSeconds(9));
		assertThat(output).doesNotContain("modelLoader");
		this.time.advance(Duration.ofSeconds(1));
		assertThat(output).contains("waiting for the bean 'modelLoader' for 10s");
	}

	@Test
	void goesOnWhenMemoryHasRunOutOnce(CapturedOutput output) {
		this.scheduler.exhaustAfter(0);
		this.time.advance(Duration.ofSeconds(1));
		this.progress.begin("modelLoader");
		this.time.advance(Duration.ofSeconds(12));
		assertThat(output).containsOnlyOnce("waiting for the bean 'modelLoader'");
		assertThat(this.scheduler.waiting()).isEqualTo(1);
	}

	@Test
	void nextBeanThatTakesLongIsLoggedToo(CapturedOutput output) {
		this.progress.begin("first");
		this.time.advance(Duration.ofSeconds(12));
		this.progress.end("first");
		this.progress.begin("second");
		this.time.advance(Duration.ofSeconds(9));
		assertThat(output).contains("'first'").doesNotContain("'second'");
		this.time.advance(Duration.ofSeconds(1));
		assertThat(output).contains("'second'");
	}

	@Test
	void beanIsNotBlamedForOthersThatItWaitsFor(CapturedOutput output) {
		this.progress.begin("outer");
		for (String inner : List.of("one", "two")) {
			this.progress.begin(inner);
			this.time.advance(Duration.ofSeconds(12));
			this.progress.end(inner);
			this.time.advance(Duration.ofSeconds(3));
		}
		assertThat(output).contains("'one'", "'two'").doesNotContain("'outer'");
	}

	@Test
	void beanThatTakesLongBeforeAndAfterOthersIsLoggedOnce(CapturedOutput output) {
		this.progress.begin("outer");
		this.time.advance(Duration.ofSeconds(12));
		this.progress.begin("inner");
		this.time.advance(Duration.ofSeconds(12));
		this.progress.end("inner");
		this.time.advance(Duration.ofSeconds(12));
		assertThat(output).containsOnlyOnce("'outer'").containsOnlyOnce("'inner'");
	}

	@Test
	void beansThatAreMadeInTimeAreNotLogged(CapturedOutput output) {
		for (int i = 0; i < 10; i++) {
			this.progress.begin("bean" + i);
			this.time.advance(Duration.ofSeconds(5));
			this.progress.end("bean" + i);
		}
		assertThat(output).doesNotContain("waiting for the bean");
	}

	@Test
	void runnerThatDoesNotReturnIsNamedOnce(CapturedOutput output) {
		run((arguments) -> {
			enterRunners();
			this.time.advance(SlowStartLog.SLOW_RUNNER.minusSeconds(1));
			assertThat(output).doesNotContain("has not returned");
			this.time.advance(Duration.ofMinutes(10));
		});
		assertThat(output).containsOnlyOnce("has not returned for 60s")
			.contains("'" + SlowStartLogTests.class.getName() + ".");
		assertThat(this.runnerScheduler.isClosed()).isTrue();
	}

	@Test
	void runnerThatReturnsInTimeIsNotNamed(CapturedOutput output) {
		run((arguments) -> {
			enterRunners();
			this.time.advance(SlowStartLog.SLOW_RUNNER.minusSeconds(1));
		});
		this.time.advance(Duration.ofMinutes(10));
		assertThat(output).doesNotContain("has not returned");
		assertThat(this.runnerScheduler.isClosed()).isTrue();
	}

	@SuppressWarnings("resource")
	private void enterRunners() {
		StartupProgress started = new StartupProgress(this.time);
		started.enter(StartupPhase.RUNNERS);
		assertThat(new SlowStartLog(started, this.runnerScheduler, this.time)).isNotNull();
	}

	private static void run(ApplicationRunner runner) {
		new SpringApplicationBuilder(Empty.class).web(WebApplicationType.NONE)
			.properties("health.enabled=false")
			.initializers((context) -> context.getBeanFactory().registerSingleton("runner", runner))
			.run()
			.close();
	}

	@Test
	void closeEndsTheLooking() {
		this.log.close();
		assertThat(this.scheduler.isClosed()).isTrue();
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
