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

package io.github.healthstarter.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.notification.Notifications;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainBeforeClose}.
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class DrainBeforeCloseTests {

	private final ManualTime time = new ManualTime();

	@AutoClose
	private final HealthInstance instance = new HealthInstance(InstanceSettings.DEFAULT,
			new ServiceInfo(null, null, null, null), this.time, (name) -> new ManualScheduler(this.time));

	private final Lifecycle lifecycle = this.instance.lifecycle();

	private final DrainController drain = this.instance.drain();

	private final Notifications notifications = this.instance.notifications();

	private final StaticApplicationContext context = new StaticApplicationContext();

	private final DrainBeforeClose listener = new DrainBeforeClose(this.context, this.instance);

	@Test
	void onApplicationEventDrainsAndThenStops() {
		List<LifecyclePhase> phases = new CopyOnWriteArrayList<>();
		this.lifecycle.addListener(() -> phases.add(this.lifecycle.phase()));
		this.listener.onApplicationEvent(new ContextClosedEvent(this.context));
		assertThat(phases).containsExactly(LifecyclePhase.DRAINING, LifecyclePhase.STOPPING);
		DrainProgress progress = this.drain.progress();
		assertThat(progress).isNotNull();
		assertThat(progress.trigger()).isEqualTo(DrainTrigger.CONTEXT);
		assertThat(progress.outcome()).isEqualTo(DrainOutcome.QUIESCED);
		assertThat(this.drain.isShuttingDown()).isTrue();
	}

	@Test
	void onApplicationEventLetsLinesAndEventsOutBeforeItReturns(CapturedOutput output) {
		List<String> published = new CopyOnWriteArrayList<>();
		CountDownLatch never = new CountDownLatch(1);
		this.notifications.connect(
				(event) -> published.add(event.getClass().getSimpleName() + " after a while: " + !await(never, 100)));
		this.listener.onApplicationEvent(new ContextClosedEvent(this.context));
		assertThat(published).containsExactly("HealthChangedEvent after a while: true",
				"DrainStartedEvent after a while: true", "DrainCompletedEvent after a while: true",
				"HealthChangedEvent after a while: true");
		assertThat(output).contains("Drain quiesced after", "draining -> stopping");
	}

	@Test
	void eventListenerThatBlocksDelaysTheCloseByASecondAtMost(CapturedOutput output) {
		CountDownLatch release = new CountDownLatch(1);
		this.notifications.connect((event) -> await(release, 20_000));
		long begun = System.nanoTime();
		this.listener.onApplicationEvent(new ContextClosedEvent(this.context));
		Duration taken = Duration.ofNanos(System.nanoTime() - begun);
		assertThat(taken).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1900));
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.STOPPING);
		assertThat(output).contains("Drain quiesced after")
			.containsOnlyOnce("An event listener is blocking shutdown; continuing without it");
		release.countDown();
	}

	@Test
	void onApplicationEventWhenInterruptedStopsAllTheSame() {
		Thread.currentThread().interrupt();
		this.listener.onApplicationEvent(new ContextClosedEvent(this.context));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.STOPPING);
	}

	@Test
	void onApplicationEventOfAnotherContextIsIgnored() {
		StaticApplicationContext child = new StaticApplicationContext(this.context);
		this.listener.onApplicationEvent(new ContextClosedEvent(child));
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.STARTING);
		assertThat(this.drain.isShuttingDown()).isFalse();
	}

	@Test
	void orderIsAheadOfAllOthers() {
		assertThat(this.listener).isInstanceOf(PriorityOrdered.class);
		assertThat(this.listener.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
	}

	@Test
	void asynchronousExecutionIsRefused() {
		assertThat(this.listener.supportsAsyncExecution()).isFalse();
	}

	private static boolean await(CountDownLatch latch, long millis) {
		try {
			return latch.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
