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

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.drain.DrainController;

/**
 * Drains when the process is asked to end, before the JVM runs any shutdown hook: hooks
 * run all at once, and others would take away what is needed to serve on. A second signal
 * ends the wait, a third ends the process at once. A signal that has come before
 * {@link #follow()} begins the drain then.
 */
public final class ShutdownSignals implements AutoCloseable {

	private final DrainController drain;

	private final @Nullable ShutdownDeadline deadline;

	/**
	 * Create without a deadline.
	 * @param drain begun by the signals
	 */
	public ShutdownSignals(DrainController drain) {
		this(drain, null);
	}

	/**
	 * Create with a deadline.
	 * @param drain begun by the signals
	 * @param deadline started by the first of them, {@code null} if none is known
	 */
	public ShutdownSignals(DrainController drain, @Nullable ShutdownDeadline deadline) {
		this.drain = drain;
		this.deadline = deadline;
	}

	/**
	 * Follow the signals from now on.
	 */
	public void follow() {
		if (this.deadline != null) {
			SignalRelay.INSTANCE.add(this.deadline);
		}
		SignalRelay.INSTANCE.add(this.drain);
	}

	/**
	 * Follow the signals no longer.
	 */
	@Override
	public void close() {
		if (this.deadline != null) {
			SignalRelay.INSTANCE.remove(this.deadline);
		}
		SignalRelay.INSTANCE.remove(this.drain);
	}

}
