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

package io.github.healthstarter.autoconfigure.drain;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainListener;

/**
 * Makes all listeners in the context known once every bean has been made, so that a
 * listener may itself depend on the controller.
 */
final class DrainListeners implements SmartInitializingSingleton {

	private final DrainController drain;

	private final ObjectProvider<DrainListener> listeners;

	DrainListeners(DrainController drain, ObjectProvider<DrainListener> listeners) {
		this.drain = drain;
		this.listeners = listeners;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.listeners.orderedStream().forEach(this.drain::addListener);
	}

}
