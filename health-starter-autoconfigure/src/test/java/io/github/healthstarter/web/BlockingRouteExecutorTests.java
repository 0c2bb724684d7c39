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

package io.github.healthstarter.web;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BlockingRouteExecutor}.
 */
class BlockingRouteExecutorTests {

	private static final long LIMIT_SECONDS = 20;

	private final BlockingRouteExecutor executor = new BlockingRouteExecutor("test-wait");

	private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

	@AfterEach
	void close() {
		this.executor.close();
	}

	private int answer(Supplier<HttpResponse> action) throws Exception {
		execute(action);
		return answer();
	}

	private void execute(Supplier<HttpResponse> action) {
		this.executor.execute(RequestPlan.blocking(action), new byte[0], (answer) -> this.answers.add(answer.status()));
	}

	private int answer() throws Exception {
		Integer status = this.answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
		return (status != null) ? status : 0;
	}

	@Test
	void answerIsGivenOnADaemonOfTheName() throws Exception {
		Thread[] answering = new Thread[1];
		assertThat(answer(() -> {
			answering[0] = Thread.currentThread();
			return HttpResponse.empty(204);
		})).isEqualTo(204);
		assertThat(answering[0].getName()).startsWith("test-wait-");
		assertThat(answering[0].isDaemon()).isTrue();
	}

	@Test
	void actionThatThrowsIsAnErrorOfTheServer() throws Exception {
		assertThat(answer(() -> {
			throw new StackOverflowError();
		})).isEqualTo(500);
	}

	@Test
	void closeInterruptsWhatWaitsAndLeavesNoThread() throws Exception {
		CountDownLatch waiting = new CountDownLatch(1);
		Thread[] answering = new Thread[1];
		execute(() -> {
			answering[0] = Thread.currentThread();
			waiting.countDown();
			return HttpResponse.empty(isInterrupted() ? 503 : 200);
		});
		assertThat(waiting.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
		this.executor.close();
		assertThat(answer()).isEqualTo(503);
		answering[0].join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
		assertThat(answering[0].isAlive()).isFalse();
		assertThat(answer(() -> HttpResponse.empty(200))).as("after the end").isEqualTo(429);
	}

	private static boolean isInterrupted() {
		try {
			return new CountDownLatch(1).await(LIMIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

	@Test
	void closeByAThreadThatIsInterruptedWaitsForNobodyAndLeavesItSo() throws Exception {
		CountDownLatch stuck = new CountDownLatch(1);
		execute(() -> {
			while (stuck.getCount() > 0) {
				Thread.onSpinWait();
			}
			return HttpResponse.empty(200);
		});
		Thread.currentThread().interrupt();
		this.executor.close();
		assertThat(Thread.interrupted()).isTrue();
		stuck.countDown();
		assertThat(answer()).isEqualTo(200);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void nothingIsBegunIfNoThreadCanBeStartedAndTheLogHasOneLine(CapturedOutput output) throws Exception {
		AtomicInteger begun = new AtomicInteger();
		try (BlockingRouteExecutor threadless = new BlockingRouteExecutor("test-none", (task) -> {
			throw new OutOfMemoryError("no thread for the test");
		})) {
			for (int i = 0; i < 3; i++) {
				threadless.execute(RequestPlan.blocking(() -> HttpResponse.empty(200 + begun.incrementAndGet())),
						new byte[0], (answer) -> this.answers.add(answer.status()));
				assertThat(answer()).isEqualTo(503);
			}
		}
		assertThat(begun).hasValue(0);
		assertThat(output.toString().lines().filter((line) -> line.contains("no thread for the test")))
			.hasSizeLessThan(2);
	}

}
