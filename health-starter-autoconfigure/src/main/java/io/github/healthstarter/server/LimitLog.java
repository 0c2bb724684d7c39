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

package io.github.healthstarter.server;

import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.RepeatedWarning;

/**
 * Limit on connections, with a log line when it is reached. Used by one thread alone.
 */
final class LimitLog {

	private final int limit;

	private final String message;

	private final RepeatedWarning warning;

	/**
	 * Create a limit.
	 * @param limit the limit
	 * @param reason why it is that, for the log
	 * @param time the time source
	 */
	LimitLog(int limit, String reason, TimeSource time) {
		this.limit = limit;
		this.message = "Probe server has no room for another connection, as " + reason
				+ "; each new connection evicts another or is closed.";
		this.warning = new RepeatedWarning(LogFactory.getLog(ProbeServer.class), time);
	}

	int limit() {
		return this.limit;
	}

	void reached() {
		this.warning.log(this.message);
	}

}
