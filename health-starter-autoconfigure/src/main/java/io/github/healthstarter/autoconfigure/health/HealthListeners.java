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

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.healthstarter.check.CheckListener;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.health.HealthListener;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSources;
import io.github.healthstarter.mode.ModeListener;
import io.github.healthstarter.mode.ModeRequest;

/**
 * Makes all listeners in the context known once every bean has been made, so that a
 * listener may itself depend on what it listens to, and then enters the mode to start in.
 * Those of the state may take their time: they are told apart from the log.
 */
final class HealthListeners implements SmartInitializingSingleton {

	private final ListableBeanFactory beanFactory;

	private final HealthMonitor health;

	private final DrainController drain;

	private final Executor events;

	private final Supplier<ModeRequest> modeAtStart;

	HealthListeners(ListableBeanFactory beanFactory, HealthMonitor health, DrainController drain, Executor events,
			Supplier<ModeRequest> modeAtStart) {
		this.beanFactory = beanFactory;
		this.health = health;
		this.drain = drain;
		this.events = events;
		this.modeAtStart = modeAtStart;
	}

	@Override
	public void afterSingletonsInstantiated() {
		HealthSources sources = this.health.sources();
		addAll(HealthListener.class, (listener) -> this.health
			.addListener((before, after) -> this.events.execute(() -> listener.onChange(before, after))));
		addAll(CheckListener.class, sources.checks()::addListener);
		addAll(ModeListener.class, sources.modes()::addListener);
		addAll(DrainListener.class, this.drain::addListener);
		sources.modes().enter(this.modeAtStart.get());
	}

	private <T> void addAll(Class<T> type, Consumer<T> target) {
		this.beanFactory.getBeanProvider(type).orderedStream().forEach(target);
	}

}
