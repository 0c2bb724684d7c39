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

package io.github.healthstarter.autoconfigure.check;

import java.util.concurrent.ThreadFactory;

import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Makes the threads that checks run on: virtual ones from Java 24 on, where a thread that
 * blocks in a monitor no longer takes a carrier away from all others, else daemon
 * threads.
 */
final class CheckThreads {

	private static final int UNPINNED_MONITORS = 24;

	private CheckThreads() {
	}

	static ThreadFactory of(String checkName) {
		String threadName = "health-check-" + checkName;
		if (Runtime.version().feature() >= UNPINNED_MONITORS) {
			return new VirtualThreadTaskExecutor(threadName + "-").getVirtualThreadFactory();
		}
		return (task) -> {
			Thread thread = new Thread(task, threadName);
			thread.setDaemon(true);
			return thread;
		};
	}

}
