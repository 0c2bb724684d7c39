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

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a test has opened, to be closed after it: the latest first. For a field with
 * {@link org.junit.jupiter.api.AutoClose @AutoClose}.
 */
public final class Cleanup {

	private final Deque<AutoCloseable> resources = new ArrayDeque<>();

	/**
	 * Has a resource closed.
	 * @param resource the resource
	 * @param <T> its type
	 * @return the resource
	 */
	public <T extends AutoCloseable> T add(T resource) {
		this.resources.push(resource);
		return resource;
	}

	/**
	 * Closes all of them.
	 * @throws Exception if one cannot be closed
	 */
	public void close() throws Exception {
		while (!this.resources.isEmpty()) {
			this.resources.pop().close();
		}
	}

}
