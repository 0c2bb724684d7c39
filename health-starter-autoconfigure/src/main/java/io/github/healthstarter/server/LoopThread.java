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

import java.util.concurrent.ThreadFactory;

import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * Creates the thread of an event loop, which reports its end as the last thing it does.
 * Netty has no other way that does not start a further thread.
 */
final class LoopThread implements ThreadFactory {

	private volatile Runnable whenEnded = () -> {
	};

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = new FastThreadLocalThread(() -> {
			try {
				task.run();
			}
			finally {
				this.whenEnded.run();
			}
		}, "health-server");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Set what is called when the thread ends.
	 * @param whenEnded called on the thread itself
	 */
	void whenEnded(Runnable whenEnded) {
		this.whenEnded = whenEnded;
	}

}
