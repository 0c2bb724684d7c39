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

package io.github.healthstarter.check;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A change of a check's status.
 *
 * @param at the time of the change
 * @param from the status before
 * @param to the status after
 * @param reason the reason, {@code null} if the check is up; for trusted readers only
 * @param lasted the time for which the status before had lasted
 */
public record CheckTransition(Instant at, CheckStatus from, CheckStatus to, @Nullable String reason, Duration lasted) {

}
