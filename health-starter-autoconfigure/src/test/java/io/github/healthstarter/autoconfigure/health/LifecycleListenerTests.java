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

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.support.GenericApplicationContext;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

class LifecycleListenerTests {

	private static final String[] NO_ARGUMENTS = {};

	private final SpringApplication application = new SpringApplication();

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final Lifecycle lifecycle = new Lifecycle(TimeSource.system(), Duration.ZERO);

	private final StartupProgress progress = new StartupProgress(TimeSource.system());

	private final LifecycleListener listener = new LifecycleListener(this.context, this.lifecycle, this.progress);

	@Test
	void webServerStartsWhenAllBeansHaveBeenMade() {
		this.listener.afterSingletonsInstantiated();
		assertThat(this.progress.state().phase()).isEqualTo(StartupPhase.WEB_SERVER);
	}

	@Test
	void readyEventTellsThatTheRunnersAreDone() {
		this.listener
			.onApplicationEvent(new ApplicationReadyEvent(this.application, NO_ARGUMENTS, this.context, Duration.ZERO));
		assertThat(this.lifecycle.state().runnersDone()).isTrue();
	}

	@Test
	void startedEventTellsNothingYet() {
		this.listener.onApplicationEvent(
				new ApplicationStartedEvent(this.application, NO_ARGUMENTS, this.context, Duration.ZERO));
		assertThat(this.lifecycle.state().runnersDone()).isFalse();
	}

	@Test
	void failedEventTellsWhy() {
		this.listener.onApplicationEvent(new ApplicationFailedEvent(this.application, NO_ARGUMENTS, this.context,
				new IllegalStateException("no port")));
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.FAILED);
		assertThat(this.lifecycle.state().failure()).isEqualTo("java.lang.IllegalStateException: no port");
	}

	@Test
	void eventsOfAnotherContextTellNothing() {
		GenericApplicationContext child = new GenericApplicationContext(this.context);
		this.listener
			.onApplicationEvent(new ApplicationReadyEvent(this.application, NO_ARGUMENTS, child, Duration.ZERO));
		this.listener.onApplicationEvent(
				new ApplicationFailedEvent(this.application, NO_ARGUMENTS, child, new IllegalStateException()));
		assertThat(this.lifecycle.state().runnersDone()).isFalse();
		assertThat(this.lifecycle.phase()).isEqualTo(LifecyclePhase.STARTING);
	}

}
