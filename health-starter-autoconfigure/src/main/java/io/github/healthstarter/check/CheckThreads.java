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

package io.github.healthstarter.check;

/**
 * Threads that checks run on. A run has its thread to itself.
 */
@FunctionalInterface
interface CheckThreads extends AutoCloseable {

	/**
	 * Start a run.
	 * @param check the name of the check
	 * @param run the run; may block for ever
	 * @return the run
	 */
	Started start(String check, Runnable run);

	/**
	 * End the threads that are idle, and the others as soon as their runs end.
	 */
	@Override
	default void close() {
	}

	/**
	 * A run that has been started.
	 */
	@FunctionalInterface
	interface Started {

		/**
		 * Interrupt the run's thread, as long as the run lasts.
		 */
		void interrupt();

	}

}
