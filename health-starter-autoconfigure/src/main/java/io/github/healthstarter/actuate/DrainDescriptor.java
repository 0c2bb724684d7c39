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

package io.github.healthstarter.actuate;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.ParticipantProgress;
import io.github.healthstarter.health.HealthSnapshot;

/**
 * What the endpoint says about a drain, in the shape of the admin path.
 *
 * @param status the status of the instance
 * @param state the state of the instance
 * @param drain the drain's progress, {@code null} where none is under way
 */
record DrainDescriptor(String status, String state, @Nullable Progress drain) implements OperationResponseBody {

	static DrainDescriptor of(HealthSnapshot snapshot, @Nullable DrainProgress progress) {
		return new DrainDescriptor(snapshot.state().status(), snapshot.state().label(),
				(progress != null) ? Progress.of(progress) : null);
	}

	/**
	 * How far a drain has come.
	 *
	 * @param trigger what began it
	 * @param startedAt when it began
	 * @param elapsedMillis how long the waiting has lasted, or did last
	 * @param inFlight how many requests are under way
	 * @param participants how far each participant has come, {@code null} where there is
	 * none
	 * @param waitingFor what is still waited for
	 * @param outcome how the waiting ended, {@code null} while it lasts
	 */
	public record Progress(String trigger, Instant startedAt, long elapsedMillis, long inFlight,
			@Nullable List<Participant> participants, List<String> waitingFor, @Nullable String outcome) {

		static Progress of(DrainProgress progress) {
			return new Progress(progress.trigger().label(), progress.startedAt(), progress.elapsed().toMillis(),
					progress.inFlight(), participants(progress), progress.waitingFor(),
					(progress.outcome() != null) ? progress.outcome().label() : null);
		}

		private static @Nullable List<Participant> participants(DrainProgress progress) {
			List<Participant> participants = progress.participants().stream().map(Participant::of).toList();
			return participants.isEmpty() ? null : participants;
		}

	}

	/**
	 * How far a participant of a drain has come.
	 *
	 * @param name its name
	 * @param inFlight how much of its work is under way, {@code null} where it has not
	 * said
	 * @param oldestMillis for how long the oldest piece has been under way at the least,
	 * {@code null} where it is not known
	 * @param failure why it is not waited for, {@code null} where nothing is wrong
	 */
	public record Participant(String name, @Nullable Long inFlight, @Nullable Long oldestMillis,
			@Nullable String failure) {

		static Participant of(ParticipantProgress progress) {
			return new Participant(progress.name(), progress.inFlight(),
					(progress.oldestAge() != null) ? progress.oldestAge().toMillis() : null, progress.failure());
		}

	}

}
