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

import java.util.Objects;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.ShutdownBudget;
import io.github.healthstarter.autoconfigure.check.CheckDiscovery;
import io.github.healthstarter.autoconfigure.drain.GracePeriodCheck;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.shutdown.ShutdownReport;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.Departure;

/**
 * Reads the configuration once more, and hands it on to those who can take it up while
 * they work: checks, access and drain. A mistake in it changes nothing. What has not been
 * changed is left alone, for it may be the application's own.
 */
final class ConfigurationReload {

	private static final Log logger = LogFactory.getLog(ConfigurationReload.class);

	private final ConfigurationFiles files;

	private final Runnable refresh;

	private final BeanFactory beanFactory;

	private final @Nullable String preStopPath;

	private HealthProperties current;

	/**
	 * Create it.
	 * @param files the configuration
	 * @param refresh lets others take up what is configured, once it is known to be
	 * without a mistake
	 * @param beanFactory knows who can take it up
	 * @param current what was configured until now
	 */
	ConfigurationReload(ConfigurationFiles files, Runnable refresh, BeanFactory beanFactory, HealthProperties current) {
		this.files = files;
		this.refresh = refresh;
		this.beanFactory = beanFactory;
		this.current = current;
		this.preStopPath = current.preStopPath();
	}

	/**
	 * Read it, and hand it on.
	 */
	void reload() {
		HealthProperties before = this.current;
		HealthProperties properties = this.files.read();
		this.refresh.run();
		// First, because the application's code may refuse what it is given
		this.beanFactory.getBeanProvider(CheckDiscovery.class).ifAvailable((checks) -> checks.redefine(properties));
		if (!Objects.equals(before.access(), properties.access())) {
			ifOwn("healthStarterAccessPolicy", AccessPolicy.class,
					(access) -> access.become(properties.accessPolicy()));
		}
		if (!Objects.equals(before.drain(), properties.drain())) {
			useForDrain(before, properties);
		}
		this.current = properties;
	}

	private void useForDrain(HealthProperties before, HealthProperties properties) {
		ShutdownBudget budget = this.beanFactory.getBean(ShutdownBudget.class).with(properties.drainSettings());
		DrainSettings settings = budget.drain();
		if (!Objects.equals(before.drainSettings(), properties.drainSettings())) {
			GracePeriodCheck.check(budget, this.beanFactory.getBean(Environment.class));
		}
		if (!Objects.equals(this.preStopPath, properties.preStopPath())) {
			logger.warn("'health.drain.pre-stop-path' has changed: it takes a restart, until then it is "
					+ ((this.preStopPath != null) ? "'" + this.preStopPath + "'" : "not set"));
		}
		ifOwn("healthStarterDrainController", DrainController.class, (drain) -> drain.use(settings));
		ifOwn("healthStarterDeparture", Departure.class, (departure) -> departure.use(properties.envoyHeaders()));
		ifOwn("healthStarterShutdownReport", ShutdownReport.class,
				(report) -> report.use(properties.terminationMessagePath()));
	}

	// The application may have put one of its own in its place
	private <T> void ifOwn(String name, Class<T> type, Consumer<T> change) {
		if (this.beanFactory.containsBean(name)) {
			change.accept(this.beanFactory.getBean(name, type));
		}
	}

}
