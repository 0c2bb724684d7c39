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

package io.github.healthstarter.sample.shutdown;

import java.util.concurrent.TimeUnit;

/**
 * What became of a request.
 *
 * @param sentAt when it was begun, as {@link System#nanoTime()}
 * @param result what came of it
 * @param closesConnection whether the answer said that the connection ends
 * @param text the request and what is to be said about its end
 */
record Outcome(long sentAt, Result result, boolean closesConnection, String text) {

	boolean isAnswered() {
		return this.result == Result.ANSWERED;
	}

	boolean sentAfter(long nanos) {
		return this.sentAt - nanos >= 0;
	}

	boolean sentBefore(long nanos) {
		return this.sentAt - nanos < 0;
	}

	String describe(long origin) {
		return "%+dms %s %s".formatted(TimeUnit.NANOSECONDS.toMillis(this.sentAt - origin), this.result, this.text);
	}

	enum Result {

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
