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

package io.github.healthstarter.autoconfigure.startup;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;

import io.github.healthstarter.startup.StartupProgress;

/**
 * Notes each bean that is made.
 */
final class BeanCreationRecorder implements InstantiationAwareBeanPostProcessor {

	private final StartupProgress progress;

	BeanCreationRecorder(StartupProgress progress) {
		this.progress = progress;
	}

	@Override
	public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
		if (!FactoryBean.class.isAssignableFrom(type)) {
			this.progress.begin(name);
		}
		return null;
	}

	// Factories are also instantiated only to learn what they make; their own work begins
	// after that
	@Override
	public boolean postProcessAfterInstantiation(Object bean, String name) {
		if (bean instanceof FactoryBean) {
			this.progress.begin(name);
		}
		return true;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		this.progress.end(name);
		return bean;
	}

}
