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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.ShutdownBudget;
import io.github.healthstarter.autoconfigure.check.CheckDiscovery;
import io.github.healthstarter.instance.HealthInstance;

/**
 * Reads the configuration again, and reconfigures the checks and the instance, each as a
 * whole. A mistake in it changes nothing.
 */
final class ConfigurationReload {

	private static final Log logger = LogFactory.getLog(ConfigurationReload.class);

	private final ConfigurationFiles files;

	private final Runnable refresh;

	private final CheckDiscovery checks;

	private final HealthInstance instance;

	private final Initial initial;

	private HealthProperties current;

	/**
	 * Create a reload.
	 * @param files the configuration
	 * @param refresh lets others read the configuration again, once it is known to have
	 * no mistake
	 * @param checks reconfigured first, because the application's code may refuse
	 * @param instance reconfigured after the checks
	 * @param initial the configuration at the start
	 */
	ConfigurationReload(ConfigurationFiles files, Runnable refresh, CheckDiscovery checks, HealthInstance instance,
			Initial initial) {
		this.files = files;
		this.refresh = refresh;
		this.checks = checks;
		this.instance = instance;
		this.initial = initial;
		this.current = initial.properties();
	}

	/**
	 * Read the configuration, and reconfigure.
	 */
	void reload() {
		HealthProperties before = this.current;
		HealthProperties properties = this.files.read();
		this.refresh.run();
		this.checks.reconfigure(properties);
		ShutdownBudget budget = ShutdownBudget.of(this.initial.properties(), this.initial.environment())
			.with(properties.getDrain().settings());
		this.instance.reconfigure(properties.settings(budget));
		warn(before, properties, budget);
		this.current = properties;
	}

	private void warn(HealthProperties before, HealthProperties properties, ShutdownBudget budget) {
		if (!Objects.equals(before.getDrain().settings(), properties.getDrain().settings())) {
			budget.warnIfTooLong(this.initial.environment());
		}
		String path = this.initial.properties().getDrain().preStopPath();
		boolean changed = !Objects.equals(before.getDrain().preStopPath(), properties.getDrain().preStopPath());
		if (changed && !Objects.equals(path, properties.getDrain().preStopPath())) {
			logger
				.warn("'health.drain.pre-stop-path' has changed: it takes a restart, until then it is " + quoted(path));
		}
	}

	private static String quoted(@Nullable String path) {
		return (path != null) ? "'" + path + "'" : "not set";
	}

	/**
	 * The configuration that the application has started with.
	 *
	 * @param properties what was configured under {@code health}
	 * @param environment what is configured besides
	 */
	record Initial(HealthProperties properties, Environment environment) {

	}

}
