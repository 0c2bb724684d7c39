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

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.HierarchicalBeanFactory;

import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.reload.ReloadResult;
import io.github.healthstarter.reload.ReloadTrigger;
import io.github.healthstarter.reload.Reloader;
import io.github.healthstarter.signal.ReloadSignal;

/**
 * Reloads on SIGHUP once the application has started, if the signal is followed.
 */
public final class ReloadOnSignal {

	/**
	 * The name of the bean that is the signal.
	 */
	public static final String SIGNAL = "healthStarterReloadSignal";

	private ReloadOnSignal() {
	}

	/**
	 * Connect the signal to the reloader as soon as startup is complete.
	 * @param beanFactory the beans of the context, all created
	 * @param instance the instance
	 */
	public static void connect(BeanFactory beanFactory, HealthInstance instance) {
		if (ownsSignal(beanFactory, instance)) {
			ReloadSignal signal = beanFactory.getBean(SIGNAL, ReloadSignal.class);
			Reloader reloader = beanFactory.getBean(Reloader.class);
			instance.health().addListener((before, after) -> {
				if (!before.started() && after.started()) {
					signal.connect(() -> request(reloader));
				}
			});
		}
	}

	// A child has the signal of an ancestor only if it has the instance of that as well
	private static boolean ownsSignal(BeanFactory beanFactory, HealthInstance instance) {
		BeanFactory owner = beanFactory;
		while (owner instanceof HierarchicalBeanFactory candidate && !candidate.containsLocalBean(SIGNAL)) {
			owner = candidate.getParentBeanFactory();
		}
		return owner != null && owner.getBean(HealthInstance.class) == instance;
	}

	private static void request(Reloader reloader) {
		CompletableFuture<ReloadResult> unused = reloader.request(ReloadTrigger.SIGHUP);
	}

}
