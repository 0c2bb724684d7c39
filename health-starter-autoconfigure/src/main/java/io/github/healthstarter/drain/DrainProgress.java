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
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How far a drain has come.
 *
 * @param trigger what began it
 * @param startedAt when it began
 * @param elapsed how long the waiting has lasted, or did last
 * @param inFlight how many requests are under way
 * @param participants how far each participant has come; when the waiting is over, had
 * come
 * @param waitingFor what is still waited for, in words; empty when the waiting is over
 * @param outcome how the waiting ended, {@code null} while it lasts
 */
public record DrainProgress(DrainTrigger trigger, Instant startedAt, Duration elapsed, long inFlight,
		List<ParticipantProgress> participants, List<String> waitingFor, @Nullable DrainOutcome outcome) {

}
