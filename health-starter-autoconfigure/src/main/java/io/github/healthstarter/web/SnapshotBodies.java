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

package io.github.healthstarter.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.health.HealthSnapshot;

/**
 * Keeps the bodies that have been written for the latest snapshot. Safe for use by any
 * thread.
 */
final class SnapshotBodies {

	private volatile @Nullable Written latest;

	byte[] get(ProbeAnswer answer, Format format, Supplier<byte[]> writer) {
		Written written = this.latest;
		if (written == null || !written.isOf(answer.whole())) {
			written = new Written(answer.whole(), new ConcurrentHashMap<>());
			this.latest = written;
		}
		Kind kind = new Kind(format, answer.name(), answer.passes(), answer.query().verbose());
		return written.bodies().computeIfAbsent(kind, (key) -> writer.get());
	}

	/**
	 * What makes the bodies of one snapshot differ.
	 */
	private record Kind(Format format, String name, boolean passes, boolean verbose) {

	}

	private record Written(HealthSnapshot snapshot, Map<Kind, byte[]> bodies) {

		@SuppressWarnings("ReferenceEquality")
		boolean isOf(HealthSnapshot other) {
			return this.snapshot == other;
		}

	}

}
