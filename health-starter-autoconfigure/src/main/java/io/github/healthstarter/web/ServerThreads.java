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

package io.github.healthstarter.web;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Threads of a web server, found by the names that it gives them. A thread that is no
 * longer called so, such as one that is back in its pool, has ended as well.
 */
public final class ServerThreads {

	private static final int SPARE = 16;

	private final Predicate<String> names;

	private final Map<String, Thread> threads = new ConcurrentHashMap<>();

	/**
	 * Create it with no thread yet.
	 * @param names matches the names of the threads
	 */
	public ServerThreads(Predicate<String> names) {
		this.names = names;
	}

	/**
	 * Search the live threads, and keep those that are found.
	 * @return this
	 */
	public ServerThreads search() {
		for (Thread thread : live()) {
			if (this.names.test(thread.getName())) {
				this.threads.merge(thread.getName(), thread, ServerThreads::newer);
			}
		}
		return this;
	}

	private static Thread[] live() {
		ThreadGroup group = Thread.currentThread().getThreadGroup();
		while (group.getParent() != null) {
			group = group.getParent();
		}
		Thread[] threads = new Thread[2 * group.activeCount() + SPARE];
		return Arrays.copyOf(threads, group.enumerate(threads));
	}

	// A server that has just been stopped may have had a thread of the same name
	@SuppressWarnings("deprecation")
	private static Thread newer(Thread first, Thread second) {
		return (first.getId() < second.getId()) ? second : first;
	}

	/**
	 * Return how many threads have been found.
	 * @return the number, ended ones included
	 */
	public int size() {
		return this.threads.size();
	}

	/**
	 * Return one that has ended.
	 * @return its name, {@code null} if all live
	 */
	public @Nullable String ended() {
		for (Map.Entry<String, Thread> entry : this.threads.entrySet()) {
			Thread thread = entry.getValue();
			if (!thread.isAlive() || !entry.getKey().equals(thread.getName())) {
				return entry.getKey();
			}
		}
		return null;
	}

}
