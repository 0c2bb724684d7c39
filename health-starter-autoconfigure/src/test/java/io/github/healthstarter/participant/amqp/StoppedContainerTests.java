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

package io.github.healthstarter.participant.amqp;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StoppedContainer} and {@link RabbitListeners} with containers that end
 * when they are told.
 */
@Timeout(60)
class StoppedContainerTests {

	private static final Duration MAX_WAIT = Duration.ofSeconds(15);

	private volatile Duration maxWait = MAX_WAIT;

	private final ManualTime time = new ManualTime();

	private final TestContainer one = new TestContainer("one");

	private final TestContainer other = new TestContainer("other");

	private final RabbitListeners listeners = new RabbitListeners(beans(this.one, this.other), () -> this.maxWait,
			this.time);

	@AfterEach
	void close() {
		this.one.mayReturn.countDown();
		this.listeners.close();
	}

	@Test
	void oneThatCannotBeToldKeepsNoOtherFromBeingToldAndStartedAgain() throws Exception {
		this.one.blocks = true;
		this.listeners.startDraining();
		this.other.awaitStop().run();
		await().until(() -> this.listeners.inFlight() == 1);
		this.listeners.cancelDraining();
		await().until(() -> this.other.starts.get() == 2);
		assertThat(this.one.starts).hasValue(1);
	}

	@Test
	void timeToFinishIsTheLongestWaitAndTheOwnOneAgainAfterwards() throws Exception {
		this.other.setShutdownTimeout(60_000);
		this.listeners.startDraining();
		Runnable end = this.one.awaitStop();
		assertThat(this.one.getShutdownTimeout()).isEqualTo(15_000);
		this.other.awaitStop().run();
		assertThat(this.other.getShutdownTimeout()).isEqualTo(60_000);
		end.run();
		this.listeners.cancelDraining();
		await().until(() -> this.one.starts.get() == 2);
		assertThat(this.one.getShutdownTimeout()).isEqualTo(AbstractMessageListenerContainer.DEFAULT_SHUTDOWN_TIMEOUT);
	}

	@Test
	void timeToFinishIsTheLongestWaitOfTheLatestDrain() throws Exception {
		this.listeners.startDraining();
		this.one.awaitStop().run();
		this.listeners.cancelDraining();
		await().until(() -> this.one.starts.get() == 2);
		this.maxWait = Duration.ofSeconds(40);
		this.listeners.startDraining();
		this.one.awaitStop();
		assertThat(this.one.getShutdownTimeout()).isEqualTo(40_000);
	}

	@Test
	void oneThatEndsOnlyWhenItsTimeIsOverHasNotFinished() throws Exception {
		this.listeners.startDraining();
		Runnable end = this.one.awaitStop();
		this.other.awaitStop().run();
		await().until(() -> this.listeners.inFlight() == 1);
		this.time.advance(MAX_WAIT);
		end.run();
		awaitThreadsToEnd();
		assertThat(this.listeners.inFlight()).isEqualTo(1);
		this.listeners.cancelDraining();
		await().until(() -> this.one.starts.get() == 2);
		assertThat(this.listeners.inFlight()).isZero();
	}

	@Test
	void closingWaitsForThoseThatTheDrainHasStopped() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		this.listeners.start();
		assertThat(this.listeners.isRunning()).isTrue();
		this.listeners.startDraining();
		Runnable end = this.one.awaitStop();
		this.other.awaitStop().run();
		this.listeners.stop(closed::countDown);
		assertThat(this.listeners.isRunning()).isFalse();
		assertThat(this.listeners.getPhase()).isEqualTo(this.one.getPhase());
		awaitThreadsToEnd();
		assertThat(closed.getCount()).isEqualTo(1);
		end.run();
		assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void closingWithoutADrainWaitsForNothing() {
		CountDownLatch closed = new CountDownLatch(1);
		this.listeners.start();
		this.listeners.stop(closed::countDown);
		assertThat(closed.getCount()).isZero();
	}

	@Test
	void drainThatFollowsOneThatWasUndoneKeepsStoppedWhatHasNotEndedYet() throws Exception {
		this.listeners.startDraining();
		Runnable end = this.one.awaitStop();
		this.other.awaitStop().run();
		this.listeners.cancelDraining();
		await().until(() -> this.other.starts.get() == 2);
		this.listeners.startDraining();
		this.other.awaitStop().run();
		assertThat(this.listeners.inFlight()).isPositive();
		end.run();
		await().until(() -> this.listeners.inFlight() == 0);
		awaitThreadsToEnd();
		assertThat(this.one.starts).hasValue(1);
		assertThat(this.one.isRunning()).isFalse();
	}

	@Test
	void threadThatHangsEndsWithTheContext() {
		this.one.blocks = true;
		this.listeners.startDraining();
		await().until(() -> threads().contains("health-drain-rabbit-one"));
		this.listeners.close();
		awaitThreadsToEnd();
	}

	private static void awaitThreadsToEnd() {
		await().until(() -> !threads().contains("health-drain-rabbit-"));
	}

	private static String threads() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.joining(" "));
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

	private static ListableBeanFactory beans(TestContainer... containers) {
		return new StaticListableBeanFactory(Map
			.copyOf(Stream.of(containers).collect(Collectors.toMap(TestContainer::getListenerId, (bean) -> bean))));
	}

	/**
	 * A container whose consumers end when the test says so.
	 */
	private static final class TestContainer extends AbstractMessageListenerContainer {

		private final CountDownLatch mayReturn = new CountDownLatch(1);

		private final BlockingQueue<Runnable> stops = new LinkedBlockingQueue<>();

		private final AtomicInteger starts = new AtomicInteger();

		private volatile boolean blocks;

		TestContainer(String name) {
			setListenerId(name);
			start();
		}

		Runnable awaitStop() throws InterruptedException {
			Runnable end = this.stops.poll(30, TimeUnit.SECONDS);
			assertThat(end).as("callback of a stop").isNotNull();
			return end;
		}

		@Override
		public long getShutdownTimeout() {
			return super.getShutdownTimeout();
		}

		@Override
		public void start() {
			doStart();
			this.starts.incrementAndGet();
		}

		@Override
		protected void doInitialize() {
		}

		@Override
		protected void shutdownAndWaitOrCallback(@Nullable Runnable callback) {
			if (this.blocks) {
				try {
					this.mayReturn.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
			else if (callback != null) {
				this.stops.add(callback);
			}
		}

	}

}
