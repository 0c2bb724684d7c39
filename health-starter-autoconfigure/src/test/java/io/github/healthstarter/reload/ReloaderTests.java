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

package io.github.healthstarter.reload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Reloader}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReloaderTests {

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final List<String> heard = new ArrayList<>();

	@Test
	void reloadIsToldFromItsBeginToItsEnd(CapturedOutput output) {
		Reloader reloader = reloader((trigger) -> {
			this.time.advance(Duration.ofMillis(42));
			this.heard.add(trigger.label());
		});
		reloader.addListener(new Listener());
		CompletableFuture<ReloadResult> result = reloader.request(ReloadTrigger.SIGHUP);
		assertThat(this.heard).isEmpty();
		this.time.runDue();
		assertThat(this.heard).containsExactly("started", "SIGHUP", "ended null");
		assertThat(result.join()).isEqualTo(new ReloadResult(ReloadTrigger.SIGHUP, Duration.ofMillis(42), null));
		assertThat(output).contains("Reloaded by SIGHUP within 42ms");
	}

	@Test
	void reloadThatThrowsHasFailed(CapturedOutput output) {
		Reloader reloader = reloader((trigger) -> {
			throw new StackOverflowError("of a reload");
		});
		reloader.addListener(new Listener());
		CompletableFuture<ReloadResult> result = reloader.request(ReloadTrigger.ACTUATOR);
		this.time.runDue();
		assertThat(this.heard).containsExactly("started", "ended analysed: of a reload");
		assertThat(result.join().failure()).isEqualTo("analysed: of a reload");
		assertThat(output).contains("The reload by actuator has failed: analysed: of a reload");
	}

	@Test
	void requestsThatWaitAreOneReload() {
		List<CompletableFuture<ReloadResult>> during = new ArrayList<>();
		List<Reloader> reloaders = new ArrayList<>();
		Reloader reloader = reloader((trigger) -> {
			this.heard.add(trigger.label());
			if (during.isEmpty()) {
				during.add(reloaders.get(0).request(ReloadTrigger.ACTUATOR));
				during.add(reloaders.get(0).request(ReloadTrigger.SIGHUP));
			}
		});
		reloaders.add(reloader);
		CompletableFuture<ReloadResult> first = reloader.request(ReloadTrigger.SIGHUP);
		CompletableFuture<ReloadResult> second = reloader.request(ReloadTrigger.SIGHUP);
		this.time.runDue();
		assertThat(this.heard).containsExactly("SIGHUP", "actuator");
		assertThat(first).isDone();
		assertThat(second).isDone();
		assertThat(during).allMatch(CompletableFuture::isDone);
	}

	@Test
	void listenerThatThrowsStopsNothing(CapturedOutput output) {
		Reloader reloader = reloader((trigger) -> this.heard.add("reload"));
		reloader.addListener(new ReloadListener() {

			@Override
			public void onStarted() {
				throw new StackOverflowError("of a listener");
			}

			@Override
			public void onEnded(ReloadResult result) {
				throw new StackOverflowError("of a listener");
			}

		});
		reloader.addListener(new Listener());
		CompletableFuture<ReloadResult> result = reloader.request(ReloadTrigger.SIGHUP);
		this.time.runDue();
		assertThat(this.heard).containsExactly("started", "reload", "ended null");
		assertThat(result).isDone();
		assertThat(output).contains("A reload listener failed");
	}

	@Test
	void closeEndsTheThread() {
		reloader(this::unwanted).close();
		assertThat(this.scheduler.isClosed()).isTrue();
	}

	@Test
	void closeLeavesNobodyWaiting() {
		Reloader reloader = reloader(this::unwanted);
		CompletableFuture<ReloadResult> before = reloader.request(ReloadTrigger.ACTUATOR);
		reloader.close();
		assertThat(before.getNow(null)).isEqualTo(refused(ReloadTrigger.ACTUATOR));
		assertThat(reloader.request(ReloadTrigger.SIGHUP).getNow(null)).isEqualTo(refused(ReloadTrigger.SIGHUP));
	}

	private void unwanted(ReloadTrigger trigger) {
		throw new AssertionError("Reloaded by " + trigger);
	}

	private static ReloadResult refused(ReloadTrigger trigger) {
		return new ReloadResult(trigger, Duration.ZERO, "the application is being closed");
	}

	private Reloader reloader(Consumer<ReloadTrigger> reload) {
		return new Reloader(reload, (failure) -> "analysed: " + failure.getMessage(), this.scheduler, this.time);
	}

	private final class Listener implements ReloadListener {

		@Override
		public void onStarted() {
			ReloaderTests.this.heard.add("started");
		}

		@Override
		public void onEnded(ReloadResult result) {
			ReloaderTests.this.heard.add("ended " + result.failure());
		}

	}

}
