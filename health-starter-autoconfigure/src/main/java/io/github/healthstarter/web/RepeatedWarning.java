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

package io.github.healthstarter.web;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.TimeSource;

/**
 * Warning whose cause clients can repeat at will, written to the log at most once a
 * minute. Safe for use by any thread.
 */
public final class RepeatedWarning {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private final Log logger;

	private final TimeSource time;

	private @Nullable Long loggedAt;

	private long count;

	/**
	 * Create a warning.
	 * @param logger the log
	 * @param time the time source
	 */
	public RepeatedWarning(Log logger, TimeSource time) {
		this.logger = logger;
		this.time = time;
	}

	/**
	 * Write the warning, unless that was done less than a minute ago.
	 * @param message the message, without anything that a client sends; the number of
	 * times so far follows
	 */
	public void log(String message) {
		long count = count();
		if (count > 0) {
			this.logger.warn(message + " So far: " + count);
		}
	}

	private synchronized long count() {
		this.count++;
		if (this.loggedAt != null && this.time.since(this.loggedAt).compareTo(INTERVAL) < 0) {
			return 0;
		}
		this.loggedAt = this.time.nanos();
		return this.count;
	}

}
