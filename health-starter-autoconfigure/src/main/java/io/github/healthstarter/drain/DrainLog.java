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

import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes one log line when a drain begins and one when its waiting is over.
 */
final class DrainLog implements DrainListener {

	private static final Log logger = LogFactory.getLog(DrainLog.class);

	private final Executor executor;

	/**
	 * Create a log.
	 * @param executor where lines are written, because an appender may block
	 */
	DrainLog(Executor executor) {
		this.executor = executor;
	}

	@Override
	public void onStarted(DrainProgress progress) {
		String waiting = progress.waitingFor().isEmpty() ? "nothing to wait for"
				: "waiting for " + String.join(", ", progress.waitingFor());
		log("Drain begun by " + progress.trigger().label() + ", " + waiting);
	}

	@Override
	public void onEnded(DrainSummary summary) {
		String unfinished = summary.unfinished().isEmpty() ? "" : ", unfinished: " + summary.unfinished(", ");
		log("Drain " + summary.outcome().label().replace('_', ' ') + " after " + summary.waited().toMillis() + "ms, "
				+ summary.served() + " requests served meanwhile, " + summary.inFlight() + " under way" + unfinished);
	}

	@Override
	public void onUndone(DrainSummary summary) {
		log("Drain undone, its waiting had been over");
	}

	private void log(String line) {
		this.executor.execute(() -> logger.info(line));
	}

}
