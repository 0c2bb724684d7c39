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

package io.github.healthstarter.autoconfigure.check;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckSource;
import io.github.healthstarter.check.Impact;

/**
 * A check that has been found.
 *
 * @param name its name, which is another than the candidate's if that is taken
 * @param impact the impact of its failure unless the application sets another
 * @param candidate what is checked
 * @param source the source that the candidate is from
 */
record FoundCheck(String name, Impact impact, CheckCandidate candidate, CheckSource source) {

	FoundCheck(CheckCandidate candidate, CheckSource source) {
		this(candidate.name(), candidate.impact(), candidate, source);
	}

	FoundCheck as(String name, Impact impact) {
		return new FoundCheck(name, impact, this.candidate, this.source);
	}

	boolean isSame(@Nullable FoundCheck other) {
		return other != null && this.name.equals(other.name) && this.impact == other.impact
				&& this.candidate.isSameDependency(other.candidate);
	}

}
