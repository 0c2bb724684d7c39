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

package io.github.healthstarter.indicator.pool;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if there is no connection to check a dependency on.
 */
public final class NoConnectionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	/**
	 * Create an exception.
	 * @param reason the reason
	 * @param message the reason in words
	 * @param cause the cause, {@code null} if there is none
	 */
	public NoConnectionException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/**
	 * Create an exception for a pool that has been waited for in vain.
	 * @param wait the length of the wait
	 * @param cause the cause, {@code null} if there is none
	 * @return the exception
	 */
	public static NoConnectionException poolTimeout(Duration wait, @Nullable Throwable cause) {
		return new NoConnectionException(Reason.POOL_TIMEOUT,
				"no connection from the pool within " + wait.toMillis() + "ms", cause);
	}

	/**
	 * Create an exception for a source that returns {@code null}.
	 * @param source the source
	 * @return the exception
	 */
	public static NoConnectionException noneReturned(String source) {
		return new NoConnectionException(Reason.FAILURE, source + " returned no connection", null);
	}

	Reason reason() {
		return this.reason;
	}

	String reasonText() {
		return String.valueOf(getMessage());
	}

	/**
	 * Reasons for having no connection.
	 */
	public enum Reason {

		/**
		 * Connecting failed.
		 */
		FAILURE,

		/**
		 * The pool had no connection to give in time.
		 */
		POOL_TIMEOUT,

		/**
		 * The server is there and accepts no more connections.
		 */
		CONNECTION_LIMIT

	}

}
