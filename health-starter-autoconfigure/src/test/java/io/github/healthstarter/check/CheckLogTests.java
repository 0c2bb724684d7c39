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

package io.github.healthstarter.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CheckLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CheckLogTests {

	private final ManualTime time = new ManualTime();

	private final CheckLog log = new CheckLog(Runnable::run);

	private CheckState state = CheckState.pending(
			new CheckDefinition("redis", () -> Health.up().build(), new CheckPolicy(Impact.REQUIRED,
					Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2), 2, 1, true, null)),
			this.time.instant(), this.time.nanos());

	@Test
	void onResultWithFirstSuccessLogsNothing(CapturedOutput output) {
		result(Health.up().build());
		assertThat(output).doesNotContain("redis");
	}

	@Test
	void onResultWithoutTransitionLogsNothing(CapturedOutput output) {
		result(Health.up().build());
		result(Health.up().build());
		result(Health.down().build());
		result(Health.up().build());
		assertThat(output).doesNotContain("redis");
	}

	@Test
	void onResultLogsOneLineForEachTransition(CapturedOutput output) {
		result(Health.up().build());
		for (int i = 0; i < 5; i++) {
			result(Health.down().withDetail("error", "refused").build());
		}
		result(Health.status("DEGRADED").withDetail("error", "slow").build());
		result(Health.status("DEGRADED").withDetail("error", "slow").build());
		result(Health.status("READ_ONLY").withDetail("error", "a replica").build());
		result(Health.up().build());
		result(Health.up().build());
		assertThat(lines(output)).hasSize(4);
		assertThat(lines(output).get(0)).contains("WARN").endsWith("Check 'redis' is down: refused");
		assertThat(lines(output).get(1)).contains("WARN").endsWith("Check 'redis' is degraded: slow");
		assertThat(lines(output).get(2)).contains("WARN").endsWith("Check 'redis' is read-only: a replica");
		assertThat(lines(output).get(3)).contains("INFO").endsWith("Check 'redis' is up again after 1s");
	}

	@Test
	void onResultWithFirstFailuresLogsThemOnce(CapturedOutput output) {
		for (int i = 0; i < 3; i++) {
			result(Health.down().withDetail("error", "refused").build());
		}
		assertThat(lines(output)).hasSize(1);
	}

	@Test
	void onResultLogsOnTheExecutorAlone(CapturedOutput output) {
		List<Runnable> tasks = new ArrayList<>();
		CheckState down = this.state.after(run(Health.down().build()), 0).after(run(Health.down().build()), 0);
		new CheckLog(tasks::add).onResult(this.state, down);
		assertThat(output).doesNotContain("redis");
		tasks.forEach(Runnable::run);
		assertThat(lines(output)).hasSize(1);
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("redis")).toList();
	}

	private void result(Health health) {
		this.time.advance(Duration.ofSeconds(1));
		CheckState after = this.state.after(run(health), this.time.nanos());
		this.log.onResult(this.state, after);
		this.state = after;
	}

	private CheckRun run(Health health) {
		return CheckRun.of(health, Duration.ZERO, this.time.instant());
	}

}
