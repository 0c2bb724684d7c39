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

package io.github.healthstarter.autoconfigure.reload;

import java.util.concurrent.CompletableFuture;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.reload.ReloadResult;
import io.github.healthstarter.reload.ReloadTrigger;
import io.github.healthstarter.reload.Reloader;
import io.github.healthstarter.signal.ReloadSignal;

/**
 * Lets the signal ask for reloads once the application has started. Told of that with
 * nobody of the application's before it.
 *
 * @param signal the signal, where it is asked for
 * @param reloader reloads
 * @param health tells when the application has started
 */
record ReloadOnSignal(ObjectProvider<ReloadSignal> signal, ObjectProvider<Reloader> reloader,
		HealthMonitor health) implements SmartInitializingSingleton {

	@Override
	public void afterSingletonsInstantiated() {
		this.signal.ifAvailable(this::connectOnceStarted);
	}

	private void connectOnceStarted(ReloadSignal signal) {
		this.health.addListener((before, after) -> {
			if (!before.started() && after.started()) {
				Reloader reloader = this.reloader.getObject();
				signal.connect(() -> request(reloader));
			}
		});
	}

	private static void request(Reloader reloader) {
		CompletableFuture<ReloadResult> unused = reloader.request(ReloadTrigger.SIGHUP);
	}

}
