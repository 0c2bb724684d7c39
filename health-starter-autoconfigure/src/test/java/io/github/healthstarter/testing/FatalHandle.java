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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;

/**
 * Something ready to be read whose reader runs out of memory, which ends the event loop
 * that it is registered with.
 */
public final class FatalHandle implements NioIoHandle {

	private final Pipe pipe;

	private FatalHandle(Pipe pipe) {
		this.pipe = pipe;
	}

	/**
	 * Ends the thread of an event loop.
	 * @param loop the event loop
	 */
	public static void end(IoEventLoop loop) {
		try {
			Pipe pipe = Pipe.open();
			pipe.source().configureBlocking(false);
			pipe.sink().write(ByteBuffer.allocate(1));
			loop.register(new FatalHandle(pipe)).sync().getNow().submit(NioIoOps.READ);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public SelectableChannel selectableChannel() {
		return this.pipe.source();
	}

	@Override
	public void handle(IoRegistration registration, IoEvent event) {
		throw new OutOfMemoryError("for the test");
	}

	@Override
	public void close() throws IOException {
		this.pipe.source().close();
		this.pipe.sink().close();
	}

}
