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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.healthstarter.lifecycle.LifecycleState.ContextState;
import io.github.healthstarter.lifecycle.LifecycleState.Ending;
import io.github.healthstarter.lifecycle.LifecycleState.Stage;
import io.github.healthstarter.lifecycle.LifecycleState.Startup;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LifecycleState}: every transition from every state.
 */
class LifecycleStateTests {

	private static final Startup STARTUP = new Startup(ManualTime.START, Duration.ofSeconds(3));

	private static final Startup LATER = new Startup(ManualTime.START.plusSeconds(9), Duration.ofSeconds(12));

	static List<LifecycleState> states() {
		List<LifecycleState> states = new ArrayList<>();
		for (Ending ending : Ending.values()) {
			for (ContextState context : ContextState.values()) {
				for (boolean refusing : new boolean[] { false, true }) {
					states.add(new LifecycleState(Stage.BUILDING, null, context, refusing, ending, null));
					states.add(new LifecycleState(Stage.BUILDING, null, context, refusing, ending, "no database"));
					states.add(new LifecycleState(Stage.REFRESHED, null, context, refusing, ending, null));
					states.add(new LifecycleState(Stage.REFRESHED, STARTUP, context, refusing, ending, null));
					states.add(new LifecycleState(Stage.REFRESHED, STARTUP, context, refusing, ending, "a runner"));
					states.add(new LifecycleState(Stage.READY, null, context, refusing, ending, null));
					states.add(new LifecycleState(Stage.READY, STARTUP, context, refusing, ending, null));
				}
			}
		}
		return states;
	}

	static Stream<Arguments> transitions() {
		List<UnaryOperator<LifecycleState>> transitions = List.of((state) -> state.withStage(Stage.REFRESHED),
				(state) -> state.withStage(Stage.READY), (state) -> state.withStartup(LATER),
				(state) -> state.withContext(ContextState.STOPPED),
				(state) -> state.withContext(ContextState.STARTED_AGAIN),
				(state) -> state.withContext(ContextState.RUNNING), (state) -> state.withRefusing(true),
				(state) -> state.withRefusing(false), LifecycleState::withDraining, LifecycleState::withoutDraining,
				LifecycleState::withStopping, (state) -> state.withFailure("late"));
		return states().stream()
			.flatMap((state) -> transitions.stream().map((transition) -> Arguments.of(state, transition)));
	}

	@ParameterizedTest
	@MethodSource("states")
	void phaseFollowsFailureThenEndingThenStart(LifecycleState state) {
		LifecyclePhase expected = (state.startup() != null && state.stage() == Stage.READY) ? LifecyclePhase.RUNNING
				: LifecyclePhase.STARTING;
		if (state.ending() == Ending.DRAINING) {
			expected = LifecyclePhase.DRAINING;
		}
		if (state.ending() == Ending.STOPPING) {
			expected = LifecyclePhase.STOPPING;
		}
		if (state.failure() != null) {
			expected = LifecyclePhase.FAILED;
		}
		assertThat(state.phase()).isEqualTo(expected);
	}

	@ParameterizedTest
	@MethodSource("states")
	void withStageNeverReturnsToAnEarlierOne(LifecycleState state) {
		for (Stage stage : Stage.values()) {
			Stage expected = (stage.compareTo(state.stage()) > 0) ? stage : state.stage();
			assertThat(state.withStage(stage)).isEqualTo(new LifecycleState(expected, state.startup(), state.context(),
					state.refusing(), state.ending(), state.failure()));
		}
	}

	@ParameterizedTest
	@MethodSource("states")
	void withStartupIsPossibleOnceAfterRefreshUntilStopping(LifecycleState state) {
		boolean possible = state.stage() != Stage.BUILDING && state.startup() == null && state.failure() == null
				&& state.ending() != Ending.STOPPING;
		LifecycleState expected = possible
				? new LifecycleState(state.stage(), LATER, state.context(), state.refusing(), state.ending(), null)
				: state;
		assertThat(state.withStartup(LATER)).isEqualTo(expected);
	}

	@ParameterizedTest
	@MethodSource("states")
	void withContextGoesFromStoppedToStartedAgainToRunning(LifecycleState state) {
		assertThat(state.withContext(ContextState.STOPPED).context())
			.isEqualTo((state.ending() == Ending.STOPPING) ? state.context() : ContextState.STOPPED);
		assertThat(state.withContext(ContextState.STARTED_AGAIN).context())
			.isEqualTo((state.context() == ContextState.STOPPED) ? ContextState.STARTED_AGAIN : state.context());
		assertThat(state.withContext(ContextState.RUNNING).context())
			.isEqualTo((state.context() == ContextState.STARTED_AGAIN) ? ContextState.RUNNING : state.context());
	}

	@ParameterizedTest
	@MethodSource("states")
	void withRefusingSetsItAlone(LifecycleState state) {
		for (boolean refusing : new boolean[] { false, true }) {
			assertThat(state.withRefusing(refusing)).isEqualTo(new LifecycleState(state.stage(), state.startup(),
					state.context(), refusing, state.ending(), state.failure()));
		}
	}

	@ParameterizedTest
	@MethodSource("states")
	void withDrainingNeverReturnsFromStopping(LifecycleState state) {
		assertThat(state.withDraining())
			.isEqualTo(withEnding(state, (state.ending() == Ending.STOPPING) ? Ending.STOPPING : Ending.DRAINING));
	}

	@ParameterizedTest
	@MethodSource("states")
	void withoutDrainingNeverReturnsFromStopping(LifecycleState state) {
		assertThat(state.withoutDraining())
			.isEqualTo(withEnding(state, (state.ending() == Ending.STOPPING) ? Ending.STOPPING : Ending.NONE));
	}

	@ParameterizedTest
	@MethodSource("states")
	void withStoppingIsFinal(LifecycleState state) {
		assertThat(state.withStopping()).isEqualTo(withEnding(state, Ending.STOPPING));
	}

	@ParameterizedTest
	@MethodSource("states")
	void withFailureKeepsTheFirstAndNeverFollowsReady(LifecycleState state) {
		boolean possible = state.stage() != Stage.READY && state.failure() == null;
		LifecycleState expected = possible ? new LifecycleState(state.stage(), state.startup(), state.context(),
				state.refusing(), state.ending(), "late") : state;
		assertThat(state.withFailure("late")).isEqualTo(expected);
	}

	@ParameterizedTest
	@MethodSource("transitions")
	void transitionIsIdempotentAndKeepsTheInstanceWhereNothingChanges(LifecycleState state,
			UnaryOperator<LifecycleState> transition) {
		LifecycleState once = transition.apply(state);
		assertThat(transition.apply(once)).isSameAs(once);
		if (once.equals(state)) {
			assertThat(once).isSameAs(state);
		}
	}

	private static LifecycleState withEnding(LifecycleState state, Ending ending) {
		return new LifecycleState(state.stage(), state.startup(), state.context(), state.refusing(), ending,
				state.failure());
	}

}
