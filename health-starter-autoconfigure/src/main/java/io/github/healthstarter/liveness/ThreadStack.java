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

package io.github.healthstarter.liveness;

import java.lang.management.ThreadInfo;

/**
 * The stack of a thread for the log. {@link ThreadInfo#toString()} cuts it off after
 * eight frames.
 */
final class ThreadStack {

	private ThreadStack() {
	}

	static String of(ThreadInfo thread) {
		StringBuilder text = new StringBuilder().append('"').append(thread.getThreadName()).append('"');
		if (thread.getLockName() != null) {
			text.append(" waits for ").append(thread.getLockName());
		}
		if (thread.getLockOwnerName() != null) {
			text.append(" held by \"").append(thread.getLockOwnerName()).append('"');
		}
		for (StackTraceElement frame : thread.getStackTrace()) {
			text.append("\n\tat ").append(frame);
		}
		return text.toString();
	}

}
