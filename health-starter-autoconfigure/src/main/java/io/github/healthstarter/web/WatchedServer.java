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

import org.jspecify.annotations.Nullable;

/**
 * A web server whose own threads are watched, as opposed to those that run requests:
 * without them it accepts, reads or writes nothing any more.
 */
public interface WatchedServer {

	/**
	 * Return a thread that has ended although the server has started and nothing stops
	 * it. Called every few seconds by one thread; returns at once.
	 * @return the name of the thread, {@code null} if there is none
	 */
	@Nullable String endedThread();

}
