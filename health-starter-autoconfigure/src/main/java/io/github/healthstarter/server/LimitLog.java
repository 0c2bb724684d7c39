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

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.TimeSource;

/**
 * Limit on connections, with a log line when it is reached: at most once a minute, and
 * without anything that a client sends. Used by one thread alone.
 */
final class LimitLog {

	private static final Log logger = LogFactory.getLog(ProbeServer.class);

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private final String property;

	private final int limit;

	private final TimeSource time;

	private @Nullable Long loggedAt;

	private long count;

	LimitLog(String property, int limit, TimeSource time) {
		this.property = property;
		this.limit = limit;
		this.time = time;
	}

	int limit() {
		return this.limit;
	}

	void reached() {
		this.count++;
		if (this.loggedAt == null || this.time.since(this.loggedAt).compareTo(INTERVAL) >= 0) {
			this.loggedAt = this.time.nanos();
			logger.warn("Probe server has no room for another connection, as '" + this.property + "' is " + this.limit
					+ "; each new connection evicts another or is closed. Closed so far: " + this.count);
		}
	}

}
