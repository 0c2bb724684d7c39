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

package io.github.healthstarter.indicator.jdbc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Calls the thread that has made it back from a queue, by an interrupt, once it has
 * waited there for long enough and in vain. Whoever waits for something else is left
 * alone.
 */
final class Patience {

	private final Thread thread = Thread.currentThread();

	private final CompletableFuture<Boolean> served;

	private final CompletableFuture<Boolean> calledBack;

	private boolean lost;

	private Patience(Duration limit, BooleanSupplier inVain) {
		this.served = new CompletableFuture<Boolean>().completeOnTimeout(false, limit.toNanos(), TimeUnit.NANOSECONDS);
		this.calledBack = this.served.thenApplyAsync((inTime) -> !inTime && callBack(inVain))
			.exceptionally((ex) -> false);
	}

	static Patience of(Duration limit, BooleanSupplier inVain) {
		return new Patience(limit, inVain);
	}

	private boolean callBack(BooleanSupplier inVain) {
		if (!inVain.getAsBoolean()) {
			return false;
		}
		this.thread.interrupt();
		return true;
	}

	/**
	 * Ends the waiting. No interrupt comes any more, and one that came too late to be
	 * noticed is taken back.
	 */
	void end() {
		if (!this.served.complete(true) && this.calledBack.join()) {
			this.lost = true;
			Thread.interrupted();
		}
	}

	/**
	 * Whether the thread was called back, once the waiting has ended.
	 * @return {@code true} where it was
	 */
	boolean isLost() {
		return this.lost;
	}

}
