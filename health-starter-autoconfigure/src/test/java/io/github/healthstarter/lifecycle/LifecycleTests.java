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

package io.github.healthstarter.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.testing.Race;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lifecycle}.
 */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class LifecycleTests {

	private final ManualTime time = new ManualTime();

	private final Lifecycle lifecycle = new Lifecycle(this.time, Duration.ofSeconds(2));

	private final List<LifecyclePhase> heard = new ArrayList<>();

	LifecycleTests() {
		this.lifecycle.addListener(() -> this.heard.add(this.lifecycle.phase()));
	}

	@Test
	void phaseAtFirstIsStarting() {
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.STARTING);
		assertThat(this.lifecycle.state()).isEqualTo(LifecycleState.INITIAL);
	}

	@Test
	void startedBeforeRunnersAreDoneReturnsFalse() {
		assertThat(this.lifecycle.started()).isFalse();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.STARTING);
	}

	@Test
	void startedNotesTimeSinceTheProcessBegan() {
		this.lifecycle.ready();
		this.time.advance(Duration.ofSeconds(3));
		assertThat(this.lifecycle.started()).isTrue();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.RUNNING);
		assertThat(this.lifecycle.state().startup())
			.isEqualTo(new LifecycleState.Startup(ManualTime.START.plusSeconds(3), Duration.ofSeconds(5)));
	}

	@Test
	void startedAgainKeepsTheFirst() {
		this.lifecycle.ready();
		this.lifecycle.started();
		LifecycleState state = this.lifecycle.state();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.lifecycle.started()).isFalse();
		assertThat(this.lifecycle.state()).isSameAs(state);
	}

	@Test
	void transitionsAnswerWhetherThisCallMadeThem() {
		assertThat(this.lifecycle.ready()).isTrue();
		assertThat(this.lifecycle.ready()).isFalse();
		assertThat(this.lifecycle.refuse(true)).isTrue();
		assertThat(this.lifecycle.refuse(true)).isFalse();
		assertThat(this.lifecycle.refuse(false)).isTrue();
		assertThat(this.lifecycle.refuse(false)).isFalse();
		assertThat(this.lifecycle.resume()).isFalse();
		assertThat(this.lifecycle.drain()).isTrue();
		assertThat(this.lifecycle.drain()).isFalse();
		assertThat(this.lifecycle.resume()).isTrue();
		assertThat(this.lifecycle.resume()).isFalse();
		assertThat(this.lifecycle.stop()).isTrue();
		assertThat(this.lifecycle.stop()).isFalse();
		assertThat(this.lifecycle.drain()).isFalse();
		assertThat(this.lifecycle.resume()).isFalse();
	}

	@Test
	void failKeepsTheFirstCause() {
		assertThat(this.lifecycle.fail("no database")).isTrue();
		assertThat(this.lifecycle.fail("something else")).isFalse();
		assertThat(this.lifecycle.state().failure()).isEqualTo("no database");
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.FAILED);
	}

	@Test
	void failWithoutCauseIsFailureAllTheSame() {
		assertThat(this.lifecycle.fail(null)).isTrue();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.FAILED);
	}

	@Test
	void failAfterStartupReturnsFalse() {
		this.lifecycle.ready();
		this.lifecycle.started();
		assertThat(this.lifecycle.fail("late")).isFalse();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.RUNNING);
	}

	@Test
	void listenerHearsEachTransitionOnceAndSeesItsResult() {
		this.lifecycle.ready();
		this.lifecycle.started();
		this.lifecycle.started();
		this.lifecycle.drain();
		this.lifecycle.drain();
		this.lifecycle.resume();
		this.lifecycle.stop();
		assertThat(this.heard).containsExactly(LifecyclePhase.STARTING, LifecyclePhase.RUNNING, LifecyclePhase.DRAINING,
				LifecyclePhase.RUNNING, LifecyclePhase.STOPPING);
	}

	@Test
	void listenerThatThrowsIsLoggedAndStopsNothing(CapturedOutput output) {
		Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);
		List<LifecyclePhase> heard = new ArrayList<>();
		lifecycle.addListener(() -> {
			throw new StackOverflowError("of a listener");
		});
		lifecycle.addListener(() -> heard.add(lifecycle.phase()));
		assertThat(lifecycle.drain()).isTrue();
		assertThat(heard).containsExactly(LifecyclePhase.DRAINING);
		assertThat(output).containsOnlyOnce("A lifecycle listener failed").contains("of a listener");
	}

	@Test
	void transitionsByManyThreadsAreEachMadeByOne() throws Exception {
		Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);
		Callable<Integer> drainAndResume = () -> {
			int balance = 0;
			for (int i = 0; i < 50_000; i++) {
				balance += lifecycle.drain() ? 1 : 0;
				balance -= lifecycle.resume() ? 1 : 0;
			}
			return balance;
		};
		List<Integer> balances = Race.run(List.of(drainAndResume, drainAndResume, drainAndResume));
		assertThat(balances.stream().mapToInt(Integer::intValue).sum()).isZero();
		assertThat(lifecycle.phase()).isEqualTo(LifecyclePhase.STARTING);
	}

}
