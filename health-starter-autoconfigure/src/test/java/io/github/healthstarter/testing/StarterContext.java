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

package io.github.healthstarter.testing;

import java.util.stream.Stream;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.util.ClassUtils;

/**
 * Runs application contexts with all that the starter configures.
 */
public final class StarterContext {

	private static final String PACKAGE = "io.github.healthstarter.";

	private StarterContext() {
	}

	/**
	 * Returns a runner of contexts without a web server.
	 * @return the runner
	 */
	public static ApplicationContextRunner runner() {
		return new ApplicationContextRunner().withConfiguration(autoConfigurations());
	}

	/**
	 * Returns a runner of contexts of a servlet application, the server mocked.
	 * @return the runner
	 */
	public static WebApplicationContextRunner webRunner() {
		return new WebApplicationContextRunner().withConfiguration(autoConfigurations());
	}

	/**
	 * Returns the starter's auto-configurations and Spring Boot's for health, as a user
	 * gets them.
	 * @return the auto-configurations
	 */
	public static AutoConfigurations autoConfigurations() {
		return AutoConfigurations.of(
				Stream
					.concat(own(), Stream.of(HealthContributorAutoConfiguration.class,
							HealthContributorRegistryAutoConfiguration.class))
					.toArray(Class<?>[]::new));
	}

	/**
	 * Returns the starter's auto-configurations alone.
	 * @return the auto-configurations
	 */
	public static AutoConfigurations ownAutoConfigurations() {
		return AutoConfigurations.of(own().toArray(Class<?>[]::new));
	}

	private static Stream<Class<?>> own() {
		ClassLoader classLoader = StarterContext.class.getClassLoader();
		return ImportCandidates.load(AutoConfiguration.class, classLoader)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith(PACKAGE))
			.map((name) -> ClassUtils.resolveClassName(name, classLoader));
	}

}
