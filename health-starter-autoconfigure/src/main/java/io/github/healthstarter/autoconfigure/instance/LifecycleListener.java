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

package io.github.healthstarter.autoconfigure.instance;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

import io.github.healthstarter.lifecycle.Lifecycle;

/**
 * Notes that a context which a {@code SpringApplication} builds has been refreshed,
 * before any listener of the application's that may take its time. A class of its own,
 * because Spring cannot resolve which events a lambda is for and would offer it one for
 * every request.
 */
final class LifecycleListener implements ApplicationListener<ApplicationStartedEvent>, PriorityOrdered {

	private final ApplicationContext context;

	private final Lifecycle lifecycle;

	LifecycleListener(ApplicationContext context, Lifecycle lifecycle) {
		this.context = context;
		this.lifecycle = lifecycle;
	}

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.lifecycle.refreshed();
		}
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
