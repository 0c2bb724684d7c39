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

package io.github.healthstarter.mode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ModeController}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModeControllerTests {

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final ModeController modes = new ModeController(this.scheduler, this.time);

	private final List<String> heard = new CopyOnWriteArrayList<>();

	private final CountDownLatch blocked = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	ModeControllerTests() {
		this.modes.addListener((before, after) -> this.heard.add(before.mode().label() + " > " + after.mode().label()));
	}

	@AfterEach
	void release() {
		this.release.countDown();
	}

	@Test
	void beginsNormal() {
		assertThat(this.modes.state()).isEqualTo(new ModeState(Mode.NORMAL, null, null, ManualTime.START, null));
		assertThat(this.modes.remaining()).isNull();
	}

	@Test
	void enterKeepsWhatIsKnown() {
		this.time.advance(Duration.ofSeconds(1));
		Instant until = ManualTime.START.plusSeconds(61);
		ModeState state = this.modes.enter(new ModeRequest(Mode.MAINTENANCE, "migration", "ada", until));
		assertThat(state).isEqualTo(this.modes.state())
			.isEqualTo(new ModeState(Mode.MAINTENANCE, "migration", "ada", ManualTime.START.plusSeconds(1), until));
		assertThat(this.modes.remaining()).isEqualTo(Duration.ofMinutes(1));
		assertThat(this.heard).containsExactly("normal > maintenance");
	}

	@Test
	void enterWithoutAnEndGoesOnUntilItIsLeft() {
		enter(Mode.READ_ONLY, null);
		this.time.advance(Duration.ofDays(1000));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.READ_ONLY);
		assertThat(this.modes.leave().mode()).isEqualTo(Mode.NORMAL);
		this.modes.leave();
		assertThat(this.heard).containsExactly("normal > read-only", "read-only > normal");
	}

	@Test
	void modeEndsByItselfToTheMoment() {
		enter(Mode.MAINTENANCE, Duration.ofMinutes(10));
		this.time.advance(Duration.ofMinutes(10).minusNanos(1));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.MAINTENANCE);
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.NORMAL);
		assertThat(this.scheduler.waiting()).isZero();
	}

	@Test
	void endThatIsPutOffHolds() {
		enter(Mode.MAINTENANCE, Duration.ofMinutes(1));
		enter(Mode.MAINTENANCE, Duration.ofMinutes(5));
		this.time.advance(Duration.ofMinutes(4));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.MAINTENANCE);
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.NORMAL);
	}

	@Test
	void endOfAModeThatHasBeenLeftEndsNoOther() {
		enter(Mode.MAINTENANCE, Duration.ofMinutes(1));
		this.modes.leave();
		enter(Mode.READ_ONLY, null);
		this.time.advance(Duration.ofMinutes(2));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.READ_ONLY);
	}

	@Test
	void enterNormalLeaves() {
		enter(Mode.MAINTENANCE, null);
		assertThat(this.modes.enter(Map.of("mode", "normal")).mode()).isEqualTo(Mode.NORMAL);
	}

	@Test
	void endThatIsNotInTheFutureChangesNothing() {
		enter(Mode.READ_ONLY, null);
		assertThatIllegalArgumentException().isThrownBy(() -> enter(Mode.MAINTENANCE, Duration.ZERO))
			.withMessage("'until' must be in the future");
		assertThatIllegalArgumentException().isThrownBy(() -> enter(Mode.MAINTENANCE, Duration.ofSeconds(-1)));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.READ_ONLY);
		assertThat(this.heard).hasSize(1);
	}

	@Test
	void listenerThatThrowsKeepsNothingFromTheOthers(CapturedOutput output) {
		this.modes.addListener((before, after) -> {
			throw new IllegalStateException("of a listener");
		});
		this.modes.addListener((before, after) -> this.heard.add("the other"));
		enter(Mode.MAINTENANCE, null);
		assertThat(this.heard).containsExactly("normal > maintenance", "the other");
		assertThat(output).contains("A mode listener failed").contains("of a listener");
	}

	@Test
	void listenerThatBlocksHoldsUpNeitherLeavingNorTheOthers() throws Exception {
		List<Mode> told = new CopyOnWriteArrayList<>();
		addListenerThatBlocksIn(Mode.MAINTENANCE, told);
		List<Mode> behind = new CopyOnWriteArrayList<>();
		this.modes.addListener((before, after) -> behind.add(after.mode()));
		CompletableFuture<Void> entering = begin(() -> enter(Mode.MAINTENANCE, null));
		assertThat(this.blocked.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(begin(this.modes::leave)).succeedsWithin(Duration.ofSeconds(10));
		assertThat(this.heard).containsExactly("normal > maintenance", "maintenance > normal");
		assertThat(behind).containsExactly(Mode.MAINTENANCE, Mode.NORMAL);
		assertThat(told).isEmpty();
		this.release.countDown();
		assertThat(entering).succeedsWithin(Duration.ofSeconds(10));
		assertThat(told).containsExactly(Mode.MAINTENANCE, Mode.NORMAL);
	}

	@Test
	void listenerThatBlocksAtTheEndOfAModeKeepsTheNextFromNoEnd() throws Exception {
		List<Mode> told = new CopyOnWriteArrayList<>();
		addListenerThatBlocksIn(Mode.NORMAL, told);
		enter(Mode.MAINTENANCE, Duration.ofMinutes(1));
		assertThat(begin(() -> this.time.advance(Duration.ofMinutes(1)))).succeedsWithin(Duration.ofSeconds(10));
		assertThat(this.blocked.await(10, TimeUnit.SECONDS)).isTrue();
		enter(Mode.READ_ONLY, Duration.ofMinutes(1));
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.NORMAL);
		this.release.countDown();
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(
					() -> assertThat(told).containsExactly(Mode.MAINTENANCE, Mode.NORMAL, Mode.READ_ONLY, Mode.NORMAL));
	}

	@Test
	void listenerWithoutParametersIsToldWithinTheChangeAndMayThrow(CapturedOutput output) {
		this.modes.addListener(() -> {
			this.heard.add(this.modes.state().mode().label());
			throw new IllegalStateException("of a listener");
		});
		enter(Mode.MAINTENANCE, Duration.ofMinutes(1));
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.heard).startsWith("maintenance", "normal > maintenance", "normal");
		assertThat(output).contains("A mode listener failed").contains("of a listener");
	}

	@Test
	void listenerWithoutParametersIsToldFirstWhileOthersHearOfAnEarlierChange() throws Exception {
		CountDownLatch told = new CountDownLatch(2);
		this.modes.addListener((before, after) -> {
			this.blocked.countDown();
			awaitRelease();
			told.countDown();
		});
		CompletableFuture<Void> entering = begin(() -> enter(Mode.MAINTENANCE, null));
		assertThat(this.blocked.await(10, TimeUnit.SECONDS)).isTrue();
		List<Boolean> toldBefore = new CopyOnWriteArrayList<>();
		this.modes.addListener(() -> {
			this.release.countDown();
			toldBefore.add(isDown(told, Duration.ofMillis(200)));
		});
		this.modes.leave();
		assertThat(toldBefore).containsExactly(false);
		assertThat(isDown(told, Duration.ofSeconds(10))).isTrue();
		assertThat(entering).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void listenerMayChangeTheModeItself() {
		this.modes.addListener((before, after) -> this.modes.leave());
		this.modes.addListener((before, after) -> this.heard.add("then " + after.mode().label()));
		enter(Mode.MAINTENANCE, null);
		assertThat(this.heard).containsExactly("normal > maintenance", "maintenance > normal", "then maintenance",
				"then normal");
	}

	@Test
	void closeEndsTheScheduler() {
		this.modes.close();
		assertThat(this.scheduler.isClosed()).isTrue();
	}

	private void addListenerThatBlocksIn(Mode mode, List<Mode> told) {
		this.modes.addListener((before, after) -> {
			if (after.mode() == mode) {
				this.blocked.countDown();
				awaitRelease();
			}
			told.add(after.mode());
		});
	}

	private void awaitRelease() {
		assertThat(isDown(this.release, Duration.ofMinutes(1))).isTrue();
	}

	private static boolean isDown(CountDownLatch latch, Duration limit) {
		try {
			return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// The common pool may have one thread alone, which a listener that blocks keeps
	private static CompletableFuture<Void> begin(Runnable action) {
		return CompletableFuture.runAsync(action, (task) -> new Thread(task).start());
	}

	private void enter(Mode mode, @Nullable Duration duration) {
		Instant until = (duration != null) ? this.time.instant().plus(duration) : null;
		this.modes.enter(new ModeRequest(mode, null, null, until));
	}

}
