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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Announcements}.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class AnnouncementsTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final Announcements<Consumer<String>> announcements = new Announcements<>("door");

	private final List<String> heard = new CopyOnWriteArrayList<>();

	@Test
	void deliverMakesCallsInOrder() {
		this.announcements.addListener(this.heard::add);
		announce("opened");
		this.announcements.add((listener) -> listener.accept("closed"), () -> this.heard.add("told"));
		announce("locked");
		assertThat(this.heard).isEmpty();
		this.announcements.deliver();
		assertThat(this.heard).containsExactly("opened", "closed", "told", "locked");
	}

	@Test
	void deliverWhenListenerThrowsTellsTheOthers(CapturedOutput output) {
		this.announcements.addListener((event) -> {
			throw new StackOverflowError("of a listener");
		});
		this.announcements.addListener(this.heard::add);
		announce("opened");
		this.announcements.deliver();
		assertThat(this.heard).containsExactly("opened");
		assertThat(output).containsOnlyOnce("A door listener failed").contains("of a listener");
	}

	@Test
	void deliverFromWithinAListenerKeepsTheOrderForEach() {
		List<String> first = new CopyOnWriteArrayList<>();
		this.announcements.addListener((event) -> {
			if (event.equals("opened")) {
				announce("closed");
				this.announcements.deliver();
			}
			first.add(event);
		});
		this.announcements.addListener(this.heard::add);
		announce("opened");
		this.announcements.deliver();
		assertThat(first).containsExactly("opened", "closed");
		assertThat(this.heard).containsExactly("opened", "closed");
	}

	@Test
	void deliverWhileAnotherThreadIsHeldUpTellsTheOthersAndLeavesTheRestToIt() throws Exception {
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		List<String> late = new CopyOnWriteArrayList<>();
		this.announcements.addListener((event) -> {
			blocked.countDown();
			await(release);
			late.add(event);
		});
		this.announcements.addListener(this.heard::add);
		announce("opened");
		CompletableFuture<Void> heldUp = CompletableFuture.runAsync(this.announcements::deliver);
		assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
		this.announcements.add((listener) -> listener.accept("closed"), () -> late.add("all told"));
		this.announcements.deliver();
		assertThat(this.heard).containsExactly("opened", "closed");
		assertThat(late).isEmpty();
		release.countDown();
		assertThat(heldUp).succeedsWithin(LIMIT);
		assertThat(late).containsExactly("opened", "closed", "all told");
	}

	@Test
	void deliverApartTellsTheOthersWhileOneBlocks() {
		CountDownLatch release = new CountDownLatch(1);
		this.announcements.addListener((event) -> await(release));
		this.announcements.addListener(this.heard::add);
		announce("opened");
		this.announcements.deliverApart();
		Awaitility.await().atMost(LIMIT).until(() -> this.heard.contains("opened"));
		release.countDown();
	}

	@Test
	void whatIsDoneAfterwardsIsDoneWhereThereIsNobodyToTell() {
		this.announcements.add((listener) -> listener.accept("opened"), () -> this.heard.add("told"));
		assertThat(this.heard).containsExactly("told");
	}

	@Test
	void deliverAfterAnErrorGoesOn() {
		this.announcements.addListener(this.heard::add);
		this.announcements.add((listener) -> listener.accept("opened"), () -> {
			throw new IllegalStateException();
		});
		// What is done afterwards is not a listener's
		assertThatIllegalStateException().isThrownBy(this.announcements::deliver);
		announce("closed");
		this.announcements.deliver();
		assertThat(this.heard).containsExactly("opened", "closed");
	}

	private void announce(String event) {
		this.announcements.add((listener) -> listener.accept(event));
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
