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

package io.github.healthstarter.indicator.jdbc;

/**
 * How many connections of a pool are in use.
 *
 * @param active the connections that are in use
 * @param total the connections that are open
 * @param max the connections that may be open
 * @param waiting the threads that wait for one
 */
public record PoolLoad(int active, int total, int max, int waiting) {

	/**
	 * Whether threads wait and the pool cannot grow. That a connection is free on its way
	 * from one thread to the next changes nothing.
	 * @return {@code true} where whoever asks now has to wait in a queue
	 */
	boolean isQueued() {
		return this.waiting > 0 && this.total >= this.max;
	}

	/**
	 * Whether every connection that the pool may have is in use.
	 * @return {@code true} where none can be had before one is given back
	 */
	boolean isFull() {
		return this.active >= this.max;
	}

	@Override
	public String toString() {
		return "%d of %d in use, %d waiting".formatted(this.active, this.max, this.waiting);
	}

}
