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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Keeps what it is called for, and throws or hangs on request.
 */
final class RecordingParticipant implements DrainParticipant {

	private final String name;

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final AtomicInteger under = new AtomicInteger();

	private final AtomicInteger overlaps = new AtomicInteger();

	volatile long inFlight;

	volatile @Nullable Duration oldestAge;

	volatile @Nullable RuntimeException onStart;

	volatile @Nullable RuntimeException onCount;

	volatile @Nullable CountDownLatch start;

	volatile @Nullable CountDownLatch count;

	private final AtomicInteger counted = new AtomicInteger();

	RecordingParticipant(String name) {
		this.name = name;
	}

	List<String> calls() {
		return this.calls;
	}

	int overlaps() {
		return this.overlaps.get();
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void startDraining() {
		call("start", this.start, this.onStart);
	}

	@Override
	public void cancelDraining() {
		call("cancel", null, null);
	}

	@Override
	public long inFlight() {
		this.counted.incrementAndGet();
		await(this.count);
		if (this.onCount != null) {
			throw this.onCount;
		}
		return this.inFlight;
	}

	@Override
	public @Nullable Duration oldestAge() {
		return this.oldestAge;
	}

	int counted() {
		return this.counted.get();
	}

	private void call(String name, @Nullable CountDownLatch latch, @Nullable RuntimeException thrown) {
		if (this.under.incrementAndGet() > 1) {
			this.overlaps.incrementAndGet();
		}
		this.calls.add(name);
		await(latch);
		this.under.decrementAndGet();
		if (thrown != null) {
			throw thrown;
		}
	}

	private void await(@Nullable CountDownLatch latch) {
		try {
			if (latch != null) {
				latch.await();
			}
		}
		catch (InterruptedException ex) {
			this.calls.add("interrupted");
		}
	}

}
