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

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.mode.ModeState;

/**
 * What the endpoint tells about the mode.
 *
 * @param mode the mode
 * @param reason why
 * @param by who asked for it
 * @param since when it began
 * @param until when it ends by itself
 */
record ModeDescriptor(String mode, @Nullable String reason, @Nullable String by, Instant since,
		@Nullable Instant until) {

	static ModeDescriptor of(ModeState state) {
		return new ModeDescriptor(state.mode().label(), state.reason(), state.by(), state.since(), state.until());
	}

}
