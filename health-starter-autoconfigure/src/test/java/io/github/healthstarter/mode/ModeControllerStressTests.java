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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.testing.Race;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stress tests of {@link ModeController}.
 */
@Timeout(60)
class ModeControllerStressTests {

	private static final int ROUNDS = 10_000;

	private final TimeSource time = TimeSource.system();

	@AutoClose
	private final ModeController modes = new ModeController(Scheduler.start("mode-under-stress"), this.time);

	private final List<ModeState> first = new ArrayList<>();

	private final List<ModeState> second = new ArrayList<>();

	private final List<String> gaps = new ArrayList<>();

	@Test
	void changesByManyThreadsAreHeardInOneOrderByAllListeners() throws Exception {
		this.first.add(this.modes.state());
		this.second.add(this.modes.state());
		this.modes.addListener((before, after) -> hear(this.first, before, after));
		this.modes.addListener((before, after) -> hear(this.second, before, after));
		Race.run(List.of(repeat(() -> enter(Mode.MAINTENANCE, null)),
				repeat(() -> enter(Mode.READ_ONLY, Duration.ofHours(1))), repeat(this.modes::leave)));
		this.modes.leave();
		assertThat(this.gaps).isEmpty();
		assertThat(this.first).hasSizeGreaterThan(2 * ROUNDS).isEqualTo(this.second);
		assertThat(this.first.get(this.first.size() - 1)).isEqualTo(this.modes.state());
	}

	@Test
	void modeThatExpiresWhileAnotherIsEnteredEndsNoOther() throws Exception {
		for (int i = 0; i < 3_000; i++) {
			ManualTime time = new ManualTime();
			ModeController modes = new ModeController(new ManualScheduler(time), time);
			modes.enter(new ModeRequest(Mode.MAINTENANCE, null, null, ManualTime.START.plusSeconds(1)));
			List<ModeState> heard = new ArrayList<>(List.of(modes.state()));
			modes.addListener((before, after) -> hear(heard, before, after));
			Race.run(List.of(() -> modes.enter(new ModeRequest(Mode.READ_ONLY, null, null, null)), () -> {
				time.advance(Duration.ofSeconds(1));
				return modes.state();
			}));
			assertThat(modes.state().mode()).as("in round %d", i).isEqualTo(Mode.READ_ONLY);
			assertThat(heard.get(heard.size() - 1)).as("in round %d", i).isEqualTo(modes.state());
		}
		assertThat(this.gaps).isEmpty();
	}

	private void hear(List<ModeState> heard, ModeState before, ModeState after) {
		ModeState last = heard.get(heard.size() - 1);
		if (!last.equals(before)) {
			this.gaps.add(last + " and then from " + before + " to " + after);
		}
		heard.add(after);
	}

	private void enter(Mode mode, @Nullable Duration duration) {
		Instant until = (duration != null) ? this.time.instant().plus(duration) : null;
		this.modes.enter(new ModeRequest(mode, null, null, until));
	}

	private static Callable<Boolean> repeat(Runnable change) {
		return () -> {
			for (int i = 0; i < ROUNDS; i++) {
				change.run();
			}
			return true;
		};
	}

}
