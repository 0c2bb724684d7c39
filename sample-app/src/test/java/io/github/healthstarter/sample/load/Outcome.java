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

package io.github.healthstarter.sample.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What became of a request.
 *
 * @param dueAt when it had to be sent, as {@link System#nanoTime()}
 * @param sentAt when it was begun
 * @param endedAt when its answer was complete, or there was to be none
 * @param result what came of it
 * @param closesConnection whether the answer said that the connection ends
 * @param text the request and what is to be said about its end
 */
public record Outcome(long dueAt, long sentAt, long endedAt, Result result, boolean closesConnection, String text) {

	private static final Duration LATE = Duration.ofMillis(100);

	public boolean isAnswered() {
		return this.result == Result.ANSWERED;
	}

	/**
	 * Returns whether the client itself was too slow to send it when it was due.
	 * @return whether it was begun too late
	 */
	public boolean isLate() {
		return this.sentAt - this.dueAt > LATE.toNanos();
	}

	/**
	 * Returns how long the user waited, the client's own delay included.
	 * @return the time from when the request was due
	 */
	public long latencyMillis() {
		return TimeUnit.NANOSECONDS.toMillis(this.endedAt - this.dueAt);
	}

	public boolean sentAfter(long nanos) {
		return this.sentAt - nanos >= 0;
	}

	public boolean sentBefore(long nanos) {
		return this.sentAt - nanos < 0;
	}

	public String describe(long origin) {
		return "%+dms %s %s".formatted(TimeUnit.NANOSECONDS.toMillis(this.sentAt - origin), this.result, this.text);
	}

	/**
	 * What can become of a request.
	 */
	public enum Result {

		/**
		 * There was a complete answer with the code 200.
		 */
		ANSWERED,

		/**
		 * No connection came about, so that nothing was sent.
		 */
		REFUSED,

		/**
		 * It was sent, and no complete answer with the code 200 came back.
		 */
		BROKEN

	}

}
