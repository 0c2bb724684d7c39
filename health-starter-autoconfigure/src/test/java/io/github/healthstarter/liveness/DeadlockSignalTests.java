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

package io.github.healthstarter.liveness;

import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.ReentrantLock;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.testing.ManualInstance;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeadlockSignal}.
 */
@Timeout(30)
class DeadlockSignalTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ManualTime time = new ManualTime();

	private final LivenessSignal signal = LivenessSignal.deadlock(() -> true);

	@Test
	void nameIsDeadlock() {
		assertThat(this.signal.name()).isEqualTo("deadlock");
	}

	@Test
	void lookWithoutDeadlockFindsNothing() {
		assertThat(this.signal.look()).isNull();
	}

	@Test
	void lookFindsDeadlockWithStacksAndItsEnd() throws InterruptedException {
		List<Thread> threads = deadlock("left-under-test", "right-under-test");
		try {
			Awaitility.await().atMost(LIMIT).until(() -> this.signal.look() != null);
			LivenessFailure failure = this.signal.look();
			assertThat(failure).isNotNull();
			assertThat(failure.signal()).isEqualTo("deadlock");
			assertThat(failure.reason()).startsWith("threads are deadlocked: ")
				.contains("left-under-test", "right-under-test")
				.doesNotContain("\n");
			assertThat(failure.stacks()).contains("\"left-under-test\" waits for java.util.concurrent.locks")
				.contains("held by \"right-under-test\"")
				.contains(DeadlockSignalTests.class.getName() + ".lockDeepDown");
			assertThat(failure.stacks().lines().filter((line) -> line.contains("lockDeepDown"))).hasSize(24);
		}
		finally {
			end(threads);
		}
		assertThat(threads).noneMatch(Thread::isAlive);
		assertThat(this.signal.look()).isNull();
	}

	@Test
	void signalOfAnInstanceFollowsItsSettings() throws InterruptedException {
		List<Thread> threads = deadlock("left-of-instance", "right-of-instance");
		try (HealthInstance instance = ManualInstance.create(this.time, settings(false))) {
			Awaitility.await().atMost(LIMIT).until(() -> this.signal.look() != null);
			assertThat(look(instance)).isTrue();
			instance.reconfigure(settings(true));
			assertThat(look(instance)).isFalse();
			instance.reconfigure(settings(false));
			assertThat(look(instance)).isTrue();
		}
		finally {
			end(threads);
		}
	}

	private boolean look(HealthInstance instance) {
		instance.liveness().refresh();
		this.time.runDue();
		return instance.liveness().current().isAlive();
	}

	private static InstanceSettings settings(boolean deadlockSignal) {
		return new InstanceSettings(AccessRules.LOOPBACK, DrainSettings.DEFAULT, false, null, true, deadlockSignal);
	}

	@Test
	void lookWhenTheThreadsHaveEndedMeanwhileFindsNothing() {
		ThreadMXBean threads = Mockito.mock(ThreadMXBean.class);
		long[] ids = { 1, 2 };
		BDDMockito.given(threads.findDeadlockedThreads()).willReturn(ids);
		BDDMockito.given(threads.getThreadInfo(ids, true, true)).willReturn(new ThreadInfo[] { null, null });
		assertThat(new DeadlockSignal(() -> true, threads).look()).isNull();
	}

	private static List<Thread> deadlock(String leftName, String rightName) {
		ReentrantLock left = new ReentrantLock();
		ReentrantLock right = new ReentrantLock();
		CyclicBarrier bothHold = new CyclicBarrier(2);
		List<Thread> threads = List.of(thread(leftName, left, right, bothHold),
				thread(rightName, right, left, bothHold));
		threads.forEach(Thread::start);
		return threads;
	}

	private static void end(List<Thread> threads) throws InterruptedException {
		threads.forEach(Thread::interrupt);
		for (Thread thread : threads) {
			thread.join(LIMIT.toMillis());
		}
	}

	private static Thread thread(String name, ReentrantLock first, ReentrantLock second, CyclicBarrier bothHold) {
		Thread thread = new Thread(() -> {
			first.lock();
			try {
				bothHold.await();
				lockDeepDown(second, 12);
			}
			catch (Exception ex) {
				// The test has ended the deadlock.
			}
			finally {
				first.unlock();
			}
		}, name);
		thread.setDaemon(true);
		return thread;
	}

	// Deeper than the eight frames that ThreadInfo.toString() shows
	private static void lockDeepDown(ReentrantLock lock, int depth) throws InterruptedException {
		if (depth > 1) {
			lockDeepDown(lock, depth - 1);
			return;
		}
		lock.lockInterruptibly();
		lock.unlock();
	}

}
