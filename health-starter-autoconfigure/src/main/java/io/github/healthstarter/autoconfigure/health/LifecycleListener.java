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

package io.github.healthstarter.autoconfigure.health;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.startup.StartupProgress;

/**
 * Notes that all beans have been made, and that the application has started, or has
 * failed to. A class of its own, because Spring cannot tell which events a lambda is for,
 * and would offer it one for every request.
 */
final class LifecycleListener implements ApplicationListener<SpringApplicationEvent>, SmartInitializingSingleton {

	private final ApplicationContext context;

	private final Lifecycle lifecycle;

	private final StartupProgress progress;

	LifecycleListener(ApplicationContext context, Lifecycle lifecycle, StartupProgress progress) {
		this.context = context;
		this.lifecycle = lifecycle;
		this.progress = progress;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.progress.enter(StartupPhase.WEB_SERVER);
	}

	@Override
	public void onApplicationEvent(SpringApplicationEvent event) {
		if (event instanceof ApplicationReadyEvent ready && ready.getApplicationContext() == this.context) {
			this.lifecycle.runnersDone();
		}
		else if (event instanceof ApplicationFailedEvent failed && failed.getApplicationContext() == this.context) {
			this.lifecycle.fail(String.valueOf(failed.getException()));
		}
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

}
