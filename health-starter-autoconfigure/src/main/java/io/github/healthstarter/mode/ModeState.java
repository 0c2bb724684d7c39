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

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The mode that holds, and what is known of it. Immutable.
 *
 * @param mode the mode
 * @param reason why, as an operator put it; for trusted readers only
 * @param by who asked for it, as told; for trusted readers only
 * @param since when it began
 * @param until when it ends by itself, {@code null} where it does not
 */
public record ModeState(Mode mode, @Nullable String reason, @Nullable String by, Instant since,
		@Nullable Instant until) {

	static ModeState normal(Instant since) {
		return new ModeState(Mode.NORMAL, null, null, since, null);
	}

}
