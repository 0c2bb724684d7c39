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

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Creates the handler of an event loop that lets go of all channels when the loop ends.
 * Netty does not if an error has ended it.
 */
final class ReleasingIoHandlerFactory implements IoHandlerFactory {

	private final IoHandlerFactory handlers = NioIoHandler.newFactory();

	private volatile Runnable release = () -> {
	};

	@Override
	public IoHandler newHandler(ThreadAwareExecutor executor) {
		return new ReleasingIoHandler(this.handlers.newHandler(executor));
	}

	/**
	 * Set what lets go of the channels.
	 * @param release called by the event loop as it ends, more than once if need be
	 */
	void release(Runnable release) {
		this.release = release;
	}

	/**
	 * Leaves all but the end to another.
	 */
	private final class ReleasingIoHandler implements IoHandler {

		private final IoHandler handler;

		ReleasingIoHandler(IoHandler handler) {
			this.handler = handler;
		}

		@Override
		public void initialize() {
			this.handler.initialize();
		}

		@Override
		public int run(IoHandlerContext context) {
			return this.handler.run(context);
		}

		@Override
		public void prepareToDestroy() {
			this.handler.prepareToDestroy();
		}

		@Override
		public void destroy() {
			try {
				ReleasingIoHandlerFactory.this.release.run();
			}
			finally {
				this.handler.destroy();
			}
		}

		@Override
		public IoRegistration register(IoHandle handle) throws Exception {
			return this.handler.register(handle);
		}

		@Override
		public void wakeup() {
			this.handler.wakeup();
		}

		@Override
		public boolean isCompatible(Class<? extends IoHandle> handleType) {
			return this.handler.isCompatible(handleType);
		}

	}

}
