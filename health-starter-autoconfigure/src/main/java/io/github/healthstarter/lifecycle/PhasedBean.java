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

package io.github.healthstarter.lifecycle;

import org.springframework.context.SmartLifecycle;

/**
 * Base for beans that start and stop with the application context, in a phase of their
 * own. A phase is a position in the order in which Spring stops beans, see
 * {@link ShutdownPhases}. Started and stopped by the one thread that Spring uses for it;
 * {@link #isRunning()} may be called from any.
 */
public abstract class PhasedBean implements SmartLifecycle {

	private final int phase;

	private volatile boolean running;

	/**
	 * Create a bean that is not running.
	 * @param phase the phase, the lowest of which starts first and stops last
	 */
	protected PhasedBean(int phase) {
		this.phase = phase;
	}

	/**
	 * Start, before the bean counts as running.
	 */
	protected void onStart() {
	}

	/**
	 * Stop, before the bean counts as stopped.
	 */
	protected void onStop() {
	}

	@Override
	public final void start() {
		onStart();
		this.running = true;
	}

	@Override
	public final void stop() {
		onStop();
		this.running = false;
	}

	@Override
	public final boolean isRunning() {
		return this.running;
	}

	@Override
	public final int getPhase() {
		return this.phase;
	}

}
