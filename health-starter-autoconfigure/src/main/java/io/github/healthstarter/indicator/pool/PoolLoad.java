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

/**
 * Snapshot of the connections of a pool.
 *
 * @param active the connections in use
 * @param total the open connections
 * @param max the connections that may be open
 * @param waiting the threads that wait for a connection, negative if the pool does not
 * report it
 */
public record PoolLoad(int active, int total, int max, int waiting) {

	/**
	 * The load of a pool that reports none.
	 */
	public static final PoolLoad UNKNOWN = new PoolLoad(0, 0, Integer.MAX_VALUE, -1);

	boolean isKnown() {
		return this.max < Integer.MAX_VALUE;
	}

	/**
	 * Return whether threads wait and the pool cannot grow, even if a connection is on
	 * its way from one thread to the next.
	 * @return {@code true} if a thread that needs a connection has to queue
	 */
	boolean isQueued() {
		return this.waiting > 0 && this.total >= this.max;
	}

	/**
	 * Return whether every connection that the pool may have is in use.
	 * @return {@code true} if there is none to be had until one is returned
	 */
	public boolean isFull() {
		return this.active >= this.max || isQueued();
	}

	@Override
	public String toString() {
		String used = this.active + " of " + this.max + " in use";
		return (this.waiting >= 0) ? used + ", " + this.waiting + " waiting" : used;
	}

}
