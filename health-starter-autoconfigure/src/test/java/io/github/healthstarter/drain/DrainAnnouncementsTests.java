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

package io.github.healthstarter.drain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainAnnouncements}.
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class DrainAnnouncementsTests {

	private final DrainAnnouncements announcements = new DrainAnnouncements();

	private final RecordingDrainListener listener = new RecordingDrainListener();

	@Test
	void deliverMakesCallsInOrder() {
		this.announcements.addListener(this.listener);
		this.announcements.started(progress());
		this.announcements.ended(summary(DrainOutcome.QUIESCED),
				() -> assertThat(this.listener.heard()).containsExactly("started api", "ended quiesced"));
		this.announcements.started(progress());
		assertThat(this.listener.heard()).isEmpty();
		this.announcements.deliver();
		assertThat(this.listener.heard()).containsExactly("started api", "ended quiesced", "started api");
	}

	@Test
	void deliverWhenListenerThrowsTellsTheOthers(CapturedOutput output) {
		this.announcements.addListener(new DrainListener() {

			@Override
			public void onStarted(DrainProgress progress) {
				throw new StackOverflowError("of a listener");
			}

		});
		this.announcements.addListener(this.listener);
		this.announcements.started(progress());
		this.announcements.deliver();
		assertThat(this.listener.heard()).containsExactly("started api");
		assertThat(output).containsOnlyOnce("A drain listener failed").contains("of a listener");
	}

	@Test
	void deliverFromWithinAListenerTellsAllOfTheFirstBeforeTheSecond() {
		this.announcements.addListener(new DrainListener() {

			@Override
			public void onStarted(DrainProgress progress) {
				DrainAnnouncementsTests.this.announcements.ended(summary(DrainOutcome.CANCELLED),
						DrainAnnouncementsTests::nothing);
				DrainAnnouncementsTests.this.announcements.deliver();
			}

		});
		this.announcements.addListener(this.listener);
		this.announcements.started(progress());
		this.announcements.deliver();
		assertThat(this.listener.heard()).containsExactly("started api", "ended cancelled");
	}

	@Test
	void deliverWhileAnotherThreadDeliversLeavesTheCallsToIt() throws InterruptedException {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch block = new CountDownLatch(1);
		this.announcements.addListener(new DrainListener() {

			@Override
			public void onStarted(DrainProgress progress) {
				entered.countDown();
				await(block);
			}

		});
		this.announcements.addListener(this.listener);
		this.announcements.started(progress());
		Thread thread = new Thread(this.announcements::deliver);
		thread.start();
		await(entered);
		this.announcements.ended(summary(DrainOutcome.QUIESCED), DrainAnnouncementsTests::nothing);
		this.announcements.deliver();
		assertThat(this.listener.heard()).isEmpty();
		block.countDown();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !thread.isAlive());
		assertThat(this.listener.heard()).containsExactly("started api", "ended quiesced");
	}

	@Test
	void deliverAfterAnErrorGoesOn() {
		this.announcements.addListener(this.listener);
		this.announcements.ended(summary(DrainOutcome.QUIESCED), () -> {
			throw new IllegalStateException();
		});
		try {
			this.announcements.deliver();
		}
		catch (IllegalStateException ex) {
			// What is done afterwards is not a listener's.
		}
		this.announcements.started(progress());
		this.announcements.deliver();
		assertThat(this.listener.heard()).containsExactly("ended quiesced", "started api");
	}

	private static void nothing() {
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static DrainProgress progress() {
		return new DrainProgress(DrainTrigger.API, ManualTime.START, Duration.ZERO, 0, List.of(), List.of(), null);
	}

	private static DrainSummary summary(DrainOutcome outcome) {
		return new DrainSummary(DrainTrigger.API, outcome, Duration.ZERO, 0, 0, List.of());
	}

}
