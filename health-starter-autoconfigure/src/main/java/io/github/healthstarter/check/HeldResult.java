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
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where a check stands instead of where its runs have led to.
 *
 * @param status where it stands
 * @param error why it is not up
 * @param measured where its runs have led to
 */
record HeldResult(CheckStatus status, @Nullable String error, CheckState measured) {

	CheckRun run(Instant at) {
		CheckOutcome outcome = this.status.isPassing() ? CheckOutcome.UP : CheckOutcome.DOWN;
		return new CheckRun(outcome, this.status, this.error, Map.of(), Duration.ZERO, at);
	}

}
