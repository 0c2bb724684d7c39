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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All participants in drains. One thread at a time changes what they do; their progress
 * may be read by any thread.
 */
final class Participants implements AutoCloseable {

	private final List<Participation> all = new CopyOnWriteArrayList<>();

	void add(Participation participation) {
		this.all.add(participation);
	}

	void begin() {
		this.all.forEach(Participation::begin);
	}

	void rest() {
		this.all.forEach(Participation::rest);
	}

	void cancel() {
		this.all.forEach(Participation::cancel);
	}

	List<ParticipantProgress> progress() {
		return this.all.stream().map(Participation::progress).toList();
	}

	List<String> waitingFor() {
		return progress().stream().filter(ParticipantProgress::isAwaited).map(ParticipantProgress::text).toList();
	}

	List<ParticipantProgress> unfinished() {
		return progress().stream().filter((participant) -> !participant.isFinished()).toList();
	}

	@Override
	public void close() {
		this.all.forEach(Participation::close);
	}

}
