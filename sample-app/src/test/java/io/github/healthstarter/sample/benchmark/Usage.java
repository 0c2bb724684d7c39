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

package io.github.healthstarter.sample.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import com.sun.management.ThreadMXBean;

/**
 * What the server's threads have used up, or used up for one request.
 *
 * @param cpuNanos processor time, in the kernel and out of it
 * @param bytes memory allocated
 */
record Usage(double cpuNanos, double bytes) {

	private static final List<String> SERVER_THREADS = List.of("http-nio-", "lettuce-");

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/**
	 * Returns what all threads that serve requests have used up so far.
	 * @return the sum
	 */
	static Usage ofServer() {
		long[] ids = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
			.filter(Objects::nonNull)
			.filter(Usage::servesRequests)
			.mapToLong(ThreadInfo::getThreadId)
			.toArray();
		return new Usage(Arrays.stream(THREADS.getThreadCpuTime(ids)).sum(),
				Arrays.stream(THREADS.getThreadAllocatedBytes(ids)).sum());
	}

	private static boolean servesRequests(ThreadInfo thread) {
		return SERVER_THREADS.stream().anyMatch(thread.getThreadName()::startsWith);
	}

	Usage since(Usage before, int requests) {
		return new Usage((this.cpuNanos - before.cpuNanos) / requests, (this.bytes - before.bytes) / requests);
	}

}
