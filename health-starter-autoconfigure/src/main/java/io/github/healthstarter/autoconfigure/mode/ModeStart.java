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

package io.github.healthstarter.autoconfigure.mode;

import java.util.function.Supplier;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.mode.ModeListener;
import io.github.healthstarter.mode.ModeRequest;

/**
 * Makes all listeners in the context known once every bean has been made, and enters the
 * mode to start in.
 */
final class ModeStart implements SmartInitializingSingleton {

	private final ModeController modes;

	private final ObjectProvider<ModeListener> listeners;

	private final Supplier<ModeRequest> request;

	ModeStart(ModeController modes, ObjectProvider<ModeListener> listeners, Supplier<ModeRequest> request) {
		this.modes = modes;
		this.listeners = listeners;
		this.request = request;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.listeners.orderedStream().forEach(this.modes::addListener);
		this.modes.enter(this.request.get());
	}

}
