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

package io.github.healthstarter.notification;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link NotificationThread}.
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class NotificationThreadTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final NotificationThread notifications = new NotificationThread("health-told");

	private final CountDownLatch block = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.block.countDown();
		this.notifications.close();
	}

	@Test
	void executeTellsInOrder() throws InterruptedException {
		List<Integer> told = new CopyOnWriteArrayList<>();
		IntStream.range(0, 500).forEach((number) -> this.notifications.execute(() -> told.add(number)));
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		assertThat(told).hasSize(500).isSorted();
	}

	@Test
	void executeTellsOnNamedDaemonThread() throws InterruptedException {
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.notifications.execute(() -> thread.set(Thread.currentThread()));
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		assertThat(thread.get().getName()).isEqualTo("health-told");
		assertThat(thread.get().isDaemon()).isTrue();
	}

	@Test
	void executeWhenListenerThrowsTellsTheNext(CapturedOutput output) throws InterruptedException {
		AtomicBoolean told = new AtomicBoolean();
		this.notifications.execute(() -> {
			throw new StackOverflowError("of a listener");
		});
		this.notifications.execute(() -> told.set(true));
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		assertThat(told).isTrue();
		assertThat(output).contains("A listener failed").contains("of a listener");
	}

	@Test
	void executeWhenListenerIsStuckDropsTheOldest() throws InterruptedException {
		List<Integer> told = new CopyOnWriteArrayList<>();
		blockThread();
		IntStream.range(0, NotificationThread.MAX_BACKLOG + 10)
			.forEach((number) -> this.notifications.execute(() -> told.add(number)));
		this.block.countDown();
		Awaitility.await().atMost(LIMIT).until(() -> told.contains(NotificationThread.MAX_BACKLOG + 9));
		assertThat(told).hasSize(NotificationThread.MAX_BACKLOG).isSorted();
		assertThat(told.get(0)).isEqualTo(10);
	}

	@Test
	void flushWhenNothingWasToldReturnsTrue() throws InterruptedException {
		assertThat(this.notifications.flush(LIMIT)).isTrue();
	}

	@Test
	void flushWhenListenerIsStuckGivesUp() throws InterruptedException {
		blockThread();
		assertThat(this.notifications.flush(Duration.ofMillis(20))).isFalse();
	}

	@Test
	void flushWhenInterruptedThrows() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.notifications.flush(LIMIT));
	}

	@Test
	void flushReturnsTrueOnlyWhenAllHasBeenTold() throws InterruptedException {
		for (int i = 0; i < 20_000; i++) {
			AtomicBoolean told = new AtomicBoolean();
			this.notifications.execute(() -> told.set(true));
			assertThat(this.notifications.flush(LIMIT)).isTrue();
			assertThat(told).as("round %d", i).isTrue();
		}
	}

	@Test
	void flushWhenClosedReturnsAtOnce() throws InterruptedException {
		this.notifications.execute(() -> {
		});
		this.notifications.close();
		assertThat(this.notifications.flush(LIMIT)).isTrue();
	}

	@Test
	void listenerThatFlushesAndClosesRunsWhatIsBehindIt() throws InterruptedException {
		List<String> told = new CopyOnWriteArrayList<>();
		CountDownLatch queued = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		this.notifications.execute(() -> {
			try {
				queued.await();
				told.add("flushed: " + this.notifications.flush(Duration.ZERO));
				this.notifications.execute(() -> told.add("late"));
				this.notifications.close();
				told.add("interrupted: " + Thread.currentThread().isInterrupted());
				done.countDown();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		this.notifications.execute(() -> told.add("behind"));
		queued.countDown();
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(told).containsExactly("behind", "flushed: true", "late", "interrupted: false");
	}

	@Test
	void closeTellsWhatIsLeft() {
		List<Integer> told = new CopyOnWriteArrayList<>();
		IntStream.range(0, 100).forEach((number) -> this.notifications.execute(() -> told.add(number)));
		this.notifications.close();
		assertThat(told).hasSize(100);
	}

	@Test
	void closeWhenListenerIsStuckInterruptsIt() throws InterruptedException {
		CountDownLatch interrupted = new CountDownLatch(1);
		CountDownLatch entered = new CountDownLatch(1);
		this.notifications.execute(() -> {
			entered.countDown();
			try {
				this.block.await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		});
		assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
		this.notifications.close();
		assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void closeWhenInterruptedKeepsInterruption() throws InterruptedException {
		blockThread();
		Thread.currentThread().interrupt();
		this.notifications.close();
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void executeAfterCloseIsDropped() {
		AtomicBoolean told = new AtomicBoolean();
		this.notifications.close();
		this.notifications.execute(() -> told.set(true));
		assertThat(told).isFalse();
	}

	private void blockThread() throws InterruptedException {
		CountDownLatch entered = new CountDownLatch(1);
		this.notifications.execute(() -> {
			entered.countDown();
			awaitUninterrupted(this.block);
		});
		assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
