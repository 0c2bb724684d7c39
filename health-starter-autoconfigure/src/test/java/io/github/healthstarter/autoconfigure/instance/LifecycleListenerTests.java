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

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.support.GenericApplicationContext;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

class LifecycleListenerTests {

	private static final String[] NO_ARGUMENTS = {};

	private final SpringApplication application = new SpringApplication();

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final Lifecycle lifecycle = new Lifecycle(TimeSource.system(), Duration.ZERO);

	private final LifecycleListener listener = new LifecycleListener(this.context, this.lifecycle);

	@Test
	void startedEventRefreshes() {
		this.listener.onApplicationEvent(
				new ApplicationStartedEvent(this.application, NO_ARGUMENTS, this.context, Duration.ZERO));
		assertThat(this.lifecycle.state().isRefreshed()).isTrue();
	}

	@Test
	void eventOfAnotherContextChangesNothing() {
		GenericApplicationContext child = new GenericApplicationContext(this.context);
		this.listener
			.onApplicationEvent(new ApplicationStartedEvent(this.application, NO_ARGUMENTS, child, Duration.ZERO));
		assertThat(this.lifecycle.state().isRefreshed()).isFalse();
	}

}
