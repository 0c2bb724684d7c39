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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.notification.Notifications;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CheckNotifier}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CheckNotifierTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ManualTime time = new ManualTime();

	@AutoClose
	private final Notifications notifications = new Notifications();

	private final CheckListener notifier = CheckListener.notifying(this.notifications);

	private final List<Object> events = new ArrayList<>();

	private CheckState state = CheckState.pending(
			new CheckDefinition("redis", "redis", () -> Health.up().build(), new CheckPolicy(Impact.REQUIRED,
					Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2), 2, 1, true, null)),
			this.time.instant(), this.time.nanos());

	@BeforeEach
	void connect() {
		this.notifications.connect(this.events::add);
	}

	@Test
	void onResultWithFirstSuccessLogsNothing(CapturedOutput output) throws Exception {
		result(Health.up().build());
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void onResultWithUnknownWarnsOfNothing(CapturedOutput output) throws Exception {
		result(Health.unknown().build());
		assertThat(lines(output)).isEmpty();
		result(Health.down().build());
		result(Health.down().build());
		result(Health.unknown().build());
		assertThat(lines(output)).hasSize(2);
		assertThat(lines(output).get(1)).contains("INFO").endsWith("Check 'redis' reports UNKNOWN");
	}

	@Test
	void onResultWithoutTransitionLogsNothing(CapturedOutput output) throws Exception {
		result(Health.up().build());
		result(Health.up().build());
		result(Health.down().build());
		result(Health.up().build());
		assertThat(lines(output)).isEmpty();
	}

	@Test
	void onResultLogsOneLineForEachTransition(CapturedOutput output) throws Exception {
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
	void onResultAfterTheClockWasSetBackLogsHowLongItLasted(CapturedOutput output) throws Exception {
		result(Health.down().build());
		this.time.setClock(Duration.ofHours(-1));
		result(Health.up().build());
		assertThat(lines(output).get(1)).endsWith("Check 'redis' is up again after 1s");
	}

	@Test
	void onResultWithFirstFailuresLogsThemOnce(CapturedOutput output) throws Exception {
		for (int i = 0; i < 3; i++) {
			result(Health.down().withDetail("error", "refused").build());
		}
		assertThat(lines(output)).hasSize(1);
	}

	@Test
	void onResultLogsOneLineForRunsInARowThatCouldNotBegin(CapturedOutput output) throws Exception {
		result(Health.up().build());
		for (int i = 0; i < 3; i++) {
			notBegun();
		}
		assertThat(lines(output)).singleElement()
			.satisfies((line) -> assertThat(line).contains("WARN")
				.contains("Check 'redis' could not begin within 2s: its thread has had no processor. The process is"
						+ " short of processor time, memory or threads; its dependency has not been checked"));
		result(Health.up().build());
		notBegun();
		assertThat(lines(output)).hasSize(2);
		assertThat(events()).hasSize(1);
	}

	@Test
	void onResultPublishesOneEventForEachTransition() throws Exception {
		CheckState pending = this.state;
		result(Health.up().build());
		CheckState up = this.state;
		for (int i = 0; i < 5; i++) {
			result(Health.up().build());
			result(Health.down().build());
		}
		assertThat(events()).containsExactly(new CheckChangedEvent(pending, up));
		CheckState failing = this.state;
		result(Health.down().build());
		CheckState down = this.state;
		result(Health.down().build());
		result(Health.down().build());
		assertThat(events()).containsExactly(new CheckChangedEvent(pending, up), new CheckChangedEvent(failing, down));
	}

	@Test
	void onResultNeitherLogsNorPublishesOnTheThreadOfTheChecks(CapturedOutput output) throws Exception {
		CountDownLatch block = new CountDownLatch(1);
		this.notifications.logs().execute(() -> awaitUninterrupted(block));
		this.notifications.events().execute(() -> awaitUninterrupted(block));
		result(Health.down().build());
		result(Health.down().build());
		assertThat(output).doesNotContain("redis");
		assertThat(this.events).isEmpty();
		block.countDown();
		assertThat(lines(output)).hasSize(1);
		assertThat(this.events).hasSize(1);
	}

	private List<Object> events() throws InterruptedException {
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		return this.events;
	}

	private List<String> lines(CapturedOutput output) throws InterruptedException {
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		return output.getOut().lines().filter((line) -> line.contains("redis")).toList();
	}

	private void result(Health health) {
		this.time.advance(Duration.ofSeconds(1));
		CheckState after = this.state.after(run(health), this.time.nanos());
		this.notifier.onResult(this.state, after);
		this.state = after;
	}

	private void notBegun() {
		this.time.advance(Duration.ofSeconds(1));
		CheckState after = this.state.notBegun("could not begin within 2s: its thread has had no processor",
				this.time.instant());
		this.notifier.onResult(this.state, after);
		this.state = after;
	}

	private CheckRun run(Health health) {
		return CheckRun.of(health, Duration.ZERO, this.time.instant());
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
