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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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

	ModeControllerTests() {
		this.modes.addListener((before, after) -> this.heard.add(before.mode().label() + " > " + after.mode().label()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1H", "PT-1H" })
	void clockThatIsSetNeitherEndsNorProlongsAMode(Duration shift) {
		this.modes.enter(new ModeRequest(Mode.MAINTENANCE, null, null, ManualTime.START.plusSeconds(90)));
		this.time.setClock(shift);
		assertThat(this.modes.remaining()).isEqualTo(Duration.ofSeconds(90));
		this.time.advance(Duration.ofSeconds(90).minusNanos(1));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.MAINTENANCE);
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.NORMAL);
	}

	@Test
	void modeWhoseEndCannotBeScheduledIsNotEntered() {
		this.scheduler.exhaustAfter(0);
		ModeRequest request = new ModeRequest(Mode.MAINTENANCE, null, null, ManualTime.START.plusSeconds(90));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> this.modes.enter(request));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.NORMAL);
	}

	@Test
	void modeEndsAlthoughMemoryRanOutWhenItWasToEnd() {
		this.modes.enter(new ModeRequest(Mode.MAINTENANCE, null, null, ManualTime.START.plusSeconds(90)));
		AtomicBoolean exhausted = new AtomicBoolean();
		this.time.beforeNanos(() -> {
			if (exhausted.compareAndSet(false, true)) {
				throw new OutOfMemoryError();
			}
		});
		this.time.advance(Duration.ofSeconds(90));
		assertThat(exhausted).isTrue();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.NORMAL);
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
	void endMayBeFurtherAwayThanNanosecondsCanCount() {
		Instant until = Instant.parse("9999-01-01T00:00:00Z");
		assertThat(this.modes.enter(new ModeRequest(Mode.MAINTENANCE, null, null, until)).until()).isEqualTo(until);
		this.time.advance(Duration.ofDays(1000));
		assertThat(this.modes.state().mode()).isEqualTo(Mode.MAINTENANCE);
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
	void listenersAreCalledInTheirOrderWithinTheChange() {
		this.modes.addListener((before, after) -> this.heard.add("then " + this.modes.state().mode().label()));
		enter(Mode.MAINTENANCE, Duration.ofMinutes(1));
		assertThat(this.heard).containsExactly("normal > maintenance", "then maintenance");
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.heard).endsWith("maintenance > normal", "then normal").hasSize(4);
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
	void closeEndsTheScheduler() {
		this.modes.close();
		assertThat(this.scheduler.isClosed()).isTrue();
	}

	private void enter(Mode mode, @Nullable Duration duration) {
		Instant until = (duration != null) ? this.time.instant().plus(duration) : null;
		this.modes.enter(new ModeRequest(mode, null, null, until));
	}

}
