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
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of a drain.
 *
 * @param trigger what began it
 * @param outcome how the waiting ended
 * @param waited how long the waiting lasted
 * @param served how many requests were answered during it
 * @param inFlight how many requests were still under way at its end
 * @param unfinished the participants whose work was still under way at its end, or that
 * failed
 */
public record DrainSummary(DrainTrigger trigger, DrainOutcome outcome, Duration waited, long served, long inFlight,
		List<ParticipantProgress> unfinished) {

	DrainSummary withOutcome(DrainOutcome outcome) {
		return new DrainSummary(this.trigger, outcome, this.waited, this.served, this.inFlight, this.unfinished);
	}

	/**
	 * Return the participants that were not finished, for people.
	 * @param separator what stands between two
	 * @return their names, each with what is known of it
	 */
	public String unfinished(String separator) {
		return this.unfinished.stream().map(ParticipantProgress::text).collect(Collectors.joining(separator));
	}

}
