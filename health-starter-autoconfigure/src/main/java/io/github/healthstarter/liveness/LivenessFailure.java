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

package io.github.healthstarter.liveness;

import io.github.healthstarter.text.TextLine;

/**
 * What a liveness signal found wrong.
 *
 * @param signal the signal's name
 * @param reason what is wrong, in one line; for trusted readers only
 * @param stacks the stacks of the threads concerned, for the log; may be empty
 */
public record LivenessFailure(String signal, String reason, String stacks) {

	public LivenessFailure {
		signal = TextLine.of(signal);
		reason = TextLine.of(reason);
	}

	@Override
	public String toString() {
		return this.signal + ": " + this.reason;
	}

}
