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

package io.github.healthstarter.lifecycle;

import org.springframework.context.SmartLifecycle;

/**
 * When something is stopped, measured by the web server: Spring Boot has it wait for the
 * requests under way at {@code DEFAULT_PHASE - 1024}, and ends those that are left at
 * {@code DEFAULT_PHASE - 2048}.
 */
public final class ShutdownPhases {

	/**
	 * Just before the web server begins to wait, so that it need not wait for what lasts
	 * until somebody ends it.
	 */
	public static final int BEFORE_GRACEFUL_SHUTDOWN = SmartLifecycle.DEFAULT_PHASE - 512;

	/**
	 * When the web server has waited and still has its connections, so that what is left
	 * can be counted, and late requests can be answered.
	 */
	public static final int AFTER_GRACEFUL_SHUTDOWN = SmartLifecycle.DEFAULT_PHASE - 1536;

	private ShutdownPhases() {
	}

}
