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

package io.github.healthstarter.liveness;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * An executor without whose threads the application does nothing.
 */
public interface WatchedExecutor {

	/**
	 * Return the name of the signal that watches it.
	 * @return the name, in the style of a property
	 */
	String name();

	/**
	 * Return the executor.
	 * @return the executor, {@code null} while there is none
	 */
	@Nullable Executor executor();

	/**
	 * Whether a thread is one of the executor's.
	 * @param threadName the name of the thread
	 * @return {@code true} where it is
	 */
	boolean isItsThread(String threadName);

}
