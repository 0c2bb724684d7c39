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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReusedThreads}.
 */
@Timeout(60)
class ReusedThreadsTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ReusedThreads threads = new ReusedThreads();

	@AfterEach
	void close() {
		this.threads.close();
	}

	@Test
	void runHasADaemonThreadThatIsNamedAfterItsCheck() {
		Thread thread = run("db");
		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getName()).isEqualTo("health-check-db");
		assertThat(thread.toString()).startsWith("Thread[");
	}

	@Test
	void threadEndsSoonAfterItsRun() {
		Thread thread = run("db");
		Awaitility.await().atMost(LIMIT).until(() -> !thread.isAlive());
	}

	@Test
	void threadOfARunThatHasEndedRunsTheNextUnderItsName() {
		Awaitility.await().atMost(LIMIT).until(() -> {
			Thread first = run("db");
			return run("mail") == first && first.getName().equals("health-check-mail");
		});
	}

	@Test
	void runThatIsStuckKeepsItsThreadToItself() {
		CountDownLatch block = new CountDownLatch(1);
		CompletableFuture<Thread> stuck = new CompletableFuture<>();
		this.threads.start("stuck", () -> {
			stuck.complete(Thread.currentThread());
			awaitUninterrupted(block);
		});
		assertThat(run("db")).isNotSameAs(stuck.join());
		assertThat(stuck.join().getName()).isEqualTo("health-check-stuck");
		block.countDown();
	}

	@Test
	void interruptReachesTheRun() {
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		CheckThreads.Started started = this.threads.start("db",
				() -> interrupted.complete(isInterruptedWhileWaiting()));
		started.interrupt();
		assertThat(interrupted).succeedsWithin(LIMIT).isEqualTo(true);
	}

	@Test
	void interruptAfterTheRunReachesNoOther() {
		CheckThreads.Started started = this.threads.start("db", () -> {
		});
		for (int i = 0; i < 200; i++) {
			CompletableFuture<Void> begun = new CompletableFuture<>();
			CompletableFuture<Void> mayEnd = new CompletableFuture<>();
			CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
			CheckThreads.Started next = this.threads.start("db", () -> {
				begun.complete(null);
				mayEnd.join();
				interrupted.complete(Thread.interrupted());
			});
			begun.join();
			started.interrupt();
			mayEnd.complete(null);
			assertThat(interrupted).succeedsWithin(LIMIT).isEqualTo(false);
			started = next;
		}
	}

	@Test
	void closeEndsIdleThreadsAndStartsNoOthers() {
		Thread thread = run("db");
		this.threads.close();
		Awaitility.await().atMost(LIMIT).until(() -> !thread.isAlive());
		CompletableFuture<Void> run = new CompletableFuture<>();
		this.threads.start("db", () -> run.complete(null));
		assertThat(run).isNotDone();
	}

	private Thread run(String check) {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.threads.start(check, () -> thread.complete(Thread.currentThread()));
		return thread.join();
	}

	private static boolean isInterruptedWhileWaiting() {
		try {
			new CountDownLatch(1).await();
			return false;
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		boolean released = false;
		while (!released) {
			try {
				latch.await();
				released = true;
			}
			catch (InterruptedException ex) {
				// A call that cannot be interrupted
			}
		}
	}

}
