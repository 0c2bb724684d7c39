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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.drain.DrainSummary;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.notification.Notifications;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainBeforeClose}.
 */
@Timeout(30)
class DrainBeforeCloseTests {

	private final ManualTime time = new ManualTime();

	private final Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);

	private final DrainController drain = new DrainController(DrainSettings.DEFAULT, this.lifecycle,
			new Traffic(this.time), new ManualScheduler(this.time), this.time);

	private final Notifications notifications = new Notifications();

	private final StaticApplicationContext context = new StaticApplicationContext();

	private final DrainBeforeClose listener = new DrainBeforeClose(this.context, this.drain, this.lifecycle,
			this.notifications);

	@AfterEach
	void close() {
		this.notifications.close();
	}

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
	void onApplicationEventLetsNotificationsOutBeforeItStops() {
		List<Boolean> stoppedBefore = new CopyOnWriteArrayList<>();
		CountDownLatch stopped = new CountDownLatch(1);
		this.lifecycle.addListener(() -> {
			if (this.lifecycle.phase() == LifecyclePhase.STOPPING) {
				stopped.countDown();
			}
		});
		this.drain.addListener(new DrainListener() {

			@Override
			public void onEnded(DrainSummary summary) {
				DrainBeforeCloseTests.this.notifications.events().execute(() -> stoppedBefore.add(await(stopped)));
			}

		});
		this.listener.onApplicationEvent(new ContextClosedEvent(this.context));
		this.notifications.close();
		assertThat(stoppedBefore).containsExactly(false);
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

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(200, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
