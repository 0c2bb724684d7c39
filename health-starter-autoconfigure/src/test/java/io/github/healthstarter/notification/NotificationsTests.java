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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Notifications}.
 */
@Timeout(30)
class NotificationsTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final Notifications notifications = new Notifications();

	private final CountDownLatch block = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.block.countDown();
		this.notifications.close();
	}

	@Test
	void eventThatIsStuckKeepsNoLineFromTheLog() {
		CompletableFuture<String> logged = new CompletableFuture<>();
		this.notifications.events().execute(this::block);
		this.notifications.logs().execute(() -> logged.complete(Thread.currentThread().getName()));
		assertThat(logged).succeedsWithin(LIMIT).isEqualTo("health-logs");
	}

	@Test
	void eventsHaveAThreadOfTheirOwn() {
		CompletableFuture<String> published = new CompletableFuture<>();
		this.notifications.logs().execute(this::block);
		this.notifications.events().execute(() -> published.complete(Thread.currentThread().getName()));
		assertThat(published).succeedsWithin(LIMIT).isEqualTo("health-events");
	}

	@Test
	void flushWaitsForBoth() throws InterruptedException {
		CompletableFuture<Void> logged = new CompletableFuture<>();
		CompletableFuture<Void> published = new CompletableFuture<>();
		this.notifications.logs().execute(() -> logged.complete(null));
		this.notifications.events().execute(() -> published.complete(null));
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		assertThat(logged).isDone();
		assertThat(published).isDone();
	}

	@Test
	void flushWhenOneIsStuckLetsTheOtherOut() throws InterruptedException {
		CompletableFuture<Void> published = new CompletableFuture<>();
		this.notifications.logs().execute(this::block);
		this.notifications.events().execute(() -> published.complete(null));
		assertThat(this.notifications.flush(Duration.ofMillis(200))).isFalse();
		assertThat(published).succeedsWithin(LIMIT);
	}

	@Test
	void closeTellsAlsoWhatTheThreadOfTheLogHandsOn() {
		CompletableFuture<Void> published = new CompletableFuture<>();
		this.notifications.logs().execute(() -> {
			pause();
			this.notifications.events().execute(() -> published.complete(null));
		});
		this.notifications.close();
		assertThat(published).isDone();
	}

	@Test
	void closeWritesAlsoWhatAnEventHasToSay() {
		CompletableFuture<Void> logged = new CompletableFuture<>();
		this.notifications.events().execute(() -> {
			pause();
			this.notifications.logs().execute(() -> logged.complete(null));
		});
		this.notifications.close();
		assertThat(logged).isDone();
	}

	private void pause() {
		try {
			assertThat(this.block.await(200, TimeUnit.MILLISECONDS)).isFalse();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void block() {
		try {
			this.block.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
