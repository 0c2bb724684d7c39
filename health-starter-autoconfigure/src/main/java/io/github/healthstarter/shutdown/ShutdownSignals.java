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
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.healthstarter.drain.DrainController;

/**
 * Drains when the process is asked to end, before the JVM runs any shutdown hook: hooks
 * run all at once, and others' would take away what is needed to serve on. A second
 * signal ends the waiting, a third ends the process at once. Signals are followed once
 * every bean has been made: one that has come before begins the drain then.
 */
public final class ShutdownSignals implements SmartInitializingSingleton, AutoCloseable {

	private final DrainController drain;

	private final @Nullable ShutdownDeadline deadline;

	/**
	 * Create what follows the signals, with no deadline.
	 * @param drain what they begin
	 */
	public ShutdownSignals(DrainController drain) {
		this(drain, null);
	}

	/**
	 * Create what follows the signals.
	 * @param drain what they begin
	 * @param deadline what the first of them sets running, {@code null} where none is
	 * known
	 */
	public ShutdownSignals(DrainController drain, @Nullable ShutdownDeadline deadline) {
		this.drain = drain;
		this.deadline = deadline;
	}

	/**
	 * Follow the signals from now on.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		if (this.deadline != null) {
			SignalRelay.INSTANCE.add(this.deadline);
		}
		SignalRelay.INSTANCE.add(this.drain);
	}

	/**
	 * Follow the signals no more.
	 */
	@Override
	public void close() {
		if (this.deadline != null) {
			SignalRelay.INSTANCE.remove(this.deadline);
		}
		SignalRelay.INSTANCE.remove(this.drain);
	}

}
