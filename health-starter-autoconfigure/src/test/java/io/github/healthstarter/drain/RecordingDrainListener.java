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
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps what it is told.
 */
final class RecordingDrainListener implements DrainListener {

	private final List<String> heard = new CopyOnWriteArrayList<>();

	private final List<DrainSummary> summaries = new CopyOnWriteArrayList<>();

	List<String> heard() {
		return this.heard;
	}

	/**
	 * Wait for what is told on a thread of its own: the end of a drain that has been
	 * watched.
	 */
	void awaitHeard(String... calls) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(this.heard).containsExactly(calls));
	}

	DrainSummary summary() {
		return this.summaries.get(this.summaries.size() - 1);
	}

	@Override
	public void onStarted(DrainProgress progress) {
		this.heard.add("started " + progress.trigger().label());
	}

	@Override
	public void onUndone(DrainSummary summary) {
		this.summaries.add(summary);
		this.heard.add("undone " + summary.outcome().label());
	}

	@Override
	public void onEnded(DrainSummary summary) {
		this.summaries.add(summary);
		this.heard.add("ended " + summary.outcome().label());
	}

}
