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

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ResourceLoader;

import io.github.healthstarter.autoconfigure.HealthProperties;

/**
 * Reads the configuration files of an application once more, and leaves its environment
 * as it is.
 */
final class ConfigurationFiles {

	private static final List<String> FILES = List.of("Config resource '", "Config tree '");

	// Made anew for each environment
	private static final String ATTACHED = "configurationProperties";

	private final ConfigurableEnvironment environment;

	private final ResourceLoader resourceLoader;

	/**
	 * Create it.
	 * @param environment the application's environment
	 * @param resourceLoader where files on the class path are found
	 */
	ConfigurationFiles(ConfigurableEnvironment environment, ResourceLoader resourceLoader) {
		this.environment = environment;
		this.resourceLoader = resourceLoader;
	}

	/**
	 * Read what is configured now.
	 * @return the properties
	 */
	HealthProperties read() {
		StandardEnvironment fresh = new StandardEnvironment();
		MutablePropertySources sources = fresh.getPropertySources();
		sources.forEach((source) -> sources.remove(source.getName()));
		List<PropertySource<?>> belowFiles = copyTo(sources);
		ConfigDataEnvironmentPostProcessor.applyTo(fresh, this.resourceLoader, null,
				this.environment.getActiveProfiles());
		belowFiles.forEach((source) -> {
			if (isSame(sources.get(source.getName()), source)) {
				sources.remove(source.getName());
				sources.addLast(source);
			}
		});
		ConfigurationPropertySources.attach(fresh);
		return HealthProperties.bind(fresh);
	}

	// Where new files are put is below all else
	private List<PropertySource<?>> copyTo(MutablePropertySources sources) {
		List<PropertySource<?>> belowFiles = new ArrayList<>();
		boolean afterFiles = false;
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (isFile(source)) {
				afterFiles = true;
			}
			else if (!ATTACHED.equals(source.getName())) {
				sources.addLast(source);
				if (afterFiles) {
					belowFiles.add(source);
				}
			}
		}
		return belowFiles;
	}

	// Sources are equal where they have the same name, as one that has been read again
	private static boolean isSame(@Nullable Object one, Object other) {
		return one == other;
	}

	private static boolean isFile(PropertySource<?> source) {
		return FILES.stream().anyMatch(source.getName()::startsWith);
	}

}
