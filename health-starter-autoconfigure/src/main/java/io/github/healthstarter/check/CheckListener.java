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

import java.util.concurrent.Executor;

/**
 * Is told what the checks do. Results are told on the checks' own scheduler thread: an
 * implementation returns at once and does not block.
 */
public interface CheckListener {

	/**
	 * Called when the checks have begun to be run, before the first result, on the thread
	 * that started them.
	 */
	default void onStart() {
	}

	/**
	 * Called after each result.
	 * @param before where the check stood
	 * @param after where it stands now, with the result as its latest run
	 */
	void onResult(CheckState before, CheckState after);

	/**
	 * Return a listener that writes one log line for each change of a check's status.
	 * @param executor where lines are written, because an appender may block
	 * @return the log
	 */
	static CheckListener log(Executor executor) {
		return new CheckLog(executor);
	}

}
