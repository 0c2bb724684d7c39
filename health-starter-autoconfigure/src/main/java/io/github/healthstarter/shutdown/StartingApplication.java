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

package io.github.healthstarter.shutdown;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An application whose context is being built. Where the process is asked to end
 * meanwhile, it gets a limited time to: the shutdown hook waits until the context has
 * been built, which may take minutes. Safe for use by any thread.
 */
public final class StartingApplication implements AutoCloseable {

	private final SignalRelay relay;

	private final Supplier<Duration> abortAfter;

	private final Runnable onAbort;

	private final CountDownLatch built = new CountDownLatch(1);

	/**
	 * Follow the signals that end the process until the context has been built.
	 * @param abortAfter tells how long the process may take to end; asked once it has to
	 * @param onAbort called once it has to
	 */
	public StartingApplication(Supplier<Duration> abortAfter, Runnable onAbort) {
		this(SignalRelay.INSTANCE, abortAfter, onAbort);
	}

	StartingApplication(SignalRelay relay, Supplier<Duration> abortAfter, Runnable onAbort) {
		this.relay = relay;
		this.abortAfter = abortAfter;
		this.onAbort = onAbort;
		relay.add(this);
	}

	void abort() {
		this.onAbort.run();
	}

	Duration abortAfter() {
		return this.abortAfter.get();
	}

	boolean awaitBuilt(Duration limit) throws InterruptedException {
		return this.built.await(limit.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Note that the context has been built, or that it never will be.
	 */
	@Override
	public void close() {
		this.built.countDown();
		this.relay.remove(this);
	}

}
