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

package io.github.healthstarter.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One direction of a proxied connection: a single batch of bytes on its way.
 */
final class ProxyPipe {

	private static final int CAPACITY = 16 * 1024;

	private final SocketChannel from;

	private final SocketChannel to;

	private final ByteBuffer batch = ByteBuffer.allocate(CAPACITY).limit(0);

	private boolean ended;

	private boolean done;

	private long readAt;

	ProxyPipe(SocketChannel from, SocketChannel to) {
		this.from = from;
		this.to = to;
	}

	/**
	 * Moves what the mode lets through, without blocking.
	 */
	void proceed(FaultMode mode) throws IOException {
		if (!this.batch.hasRemaining() && !this.ended) {
			fill();
		}
		if (mode.is(FaultMode.Kind.BLACK_HOLE)) {
			this.batch.limit(0);
		}
		else if (isWaiting() && isDue(mode)) {
			drain();
		}
	}

	private void fill() throws IOException {
		int count = this.from.read(this.batch.clear());
		this.batch.flip();
		this.ended = count < 0;
		if (count != 0) {
			this.readAt = System.nanoTime();
		}
	}

	private boolean isDue(FaultMode mode) {
		return mode.forwards() && nanosUntilDue(mode) <= 0;
	}

	private void drain() throws IOException {
		this.to.write(this.batch);
		if (this.ended && !this.batch.hasRemaining()) {
			this.to.shutdownOutput();
			this.done = true;
		}
	}

	long nanosUntilDue(FaultMode mode) {
		return mode.delay().toNanos() - (System.nanoTime() - this.readAt);
	}

	boolean isWaiting() {
		return this.batch.hasRemaining() || (this.ended && !this.done);
	}

	boolean isDone() {
		return this.done;
	}

	int readInterest() {
		return (this.batch.hasRemaining() || this.ended) ? 0 : SelectionKey.OP_READ;
	}

	int writeInterest(FaultMode mode) {
		return (this.batch.hasRemaining() && isDue(mode)) ? SelectionKey.OP_WRITE : 0;
	}

}
