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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Blocks in one of its calls until it is released, and keeps what it has been told.
 */
final class BlockingDrainListener implements DrainListener, AutoCloseable {

	private final RecordingDrainListener told = new RecordingDrainListener();

	private final CountDownLatch blocked = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final boolean atTheEnd;

	private BlockingDrainListener(boolean atTheEnd) {
		this.atTheEnd = atTheEnd;
	}

	static BlockingDrainListener atTheBeginning() {
		return new BlockingDrainListener(false);
	}

	static BlockingDrainListener atTheEnd() {
		return new BlockingDrainListener(true);
	}

	List<String> heard() {
		return this.told.heard();
	}

	void awaitBlocked() {
		await(this.blocked);
	}

	@Override
	public void onStarted(DrainProgress progress) {
		blockIf(!this.atTheEnd);
		this.told.onStarted(progress);
	}

	@Override
	public void onEnded(DrainSummary summary) {
		blockIf(this.atTheEnd);
		this.told.onEnded(summary);
	}

	@Override
	public void onUndone(DrainSummary summary) {
		this.told.onUndone(summary);
	}

	private void blockIf(boolean here) {
		if (here) {
			this.blocked.countDown();
			await(this.release);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void release() {
		this.release.countDown();
	}

	@Override
	public void close() {
		release();
	}

}
