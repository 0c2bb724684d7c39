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

package io.github.healthstarter.indicator.jdbc;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Patience}.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PatienceTests {

	private static final Duration LIMIT = Duration.ofMillis(1);

	private final CountDownLatch looked = new CountDownLatch(3);

	private final CountDownLatch held = new CountDownLatch(1);

	@AfterEach
	void letGo() {
		this.held.countDown();
	}

	@Test
	void threadThatWaitsInVainIsCalledBackAndKeepsNoInterrupt() {
		Patience patience = Patience.of(LIMIT, () -> true);
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.held::await);
		patience.end();
		assertThat(patience.isLost()).isTrue();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void threadThatWaitsInVainOnlyLaterIsCalledBackThen() {
		Patience patience = Patience.of(LIMIT, () -> {
			this.looked.countDown();
			return this.looked.getCount() == 0;
		});
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.held::await);
		patience.end();
		assertThat(patience.isLost()).isTrue();
	}

	@Test
	void threadThatReadsIsLeftAlone() throws Exception {
		Pipe pipe = Pipe.open();
		Patience patience = Patience.of(LIMIT, () -> true);
		new Thread(() -> writeAfterSomeLooks(pipe)).start();
		try (Pipe.SourceChannel source = pipe.source()) {
			assertThat(source.read(ByteBuffer.allocate(1))).isOne();
		}
		patience.end();
		assertThat(patience.isLost()).isFalse();
	}

	private void writeAfterSomeLooks(Pipe pipe) {
		Patience patience = Patience.of(LIMIT, () -> {
			this.looked.countDown();
			return false;
		});
		try (Pipe.SinkChannel sink = pipe.sink()) {
			this.looked.await();
			sink.write(ByteBuffer.allocate(1));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			patience.end();
		}
	}

	@Test
	void endDoesNotWaitForALook() throws Exception {
		CountDownLatch looking = new CountDownLatch(1);
		CompletableFuture<Boolean> seen = new CompletableFuture<>();
		Patience patience = Patience.of(LIMIT, () -> {
			looking.countDown();
			return seen.complete(isReleased());
		});
		looking.await();
		patience.end();
		this.held.countDown();
		assertThat(seen.get()).isTrue();
		assertThat(patience.isLost()).isFalse();
	}

	private boolean isReleased() {
		try {
			return this.held.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	@Test
	void lookIsOnADaemonThreadOfItsOwn() throws Exception {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		Patience patience = Patience.of(LIMIT, () -> {
			thread.complete(Thread.currentThread());
			return false;
		});
		assertThat(thread.get().getName()).isEqualTo("health-patience");
		assertThat(thread.get().isDaemon()).isTrue();
		patience.end();
	}

}
