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

package io.github.healthstarter.autoconfigure.instance;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.EarlyProperty;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.ShutdownBudget;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.time.TimeSource;

/**
 * Creates the instance of an application from what is configured.
 */
public final class InstanceFactory {

	/**
	 * The name of the bean that is the instance.
	 */
	public static final String BEAN_NAME = "healthStarterInstance";

	private InstanceFactory() {
	}

	/**
	 * Create an instance that is starting.
	 * @param properties what is configured under {@code health}, {@code null} if that
	 * cannot be read yet
	 * @param environment what is configured besides
	 * @return the instance, to be closed by the caller
	 */
	public static HealthInstance create(@Nullable HealthProperties properties, Environment environment) {
		InstanceSettings settings = (properties != null)
				? properties.settings(ShutdownBudget.of(properties, environment)) : InstanceSettings.DEFAULT;
		return new HealthInstance(settings, service(environment, null, null), TimeSource.system());
	}

	static ServiceInfo service(Environment environment, @Nullable BuildProperties build, @Nullable GitProperties git) {
		String version = (build != null) ? build.getVersion() : null;
		return new ServiceInfo(environment.getProperty("spring.application.name"),
				(version != null) ? version
						: EarlyProperty.find(environment, "spring.application.version", String.class),
				(git != null) ? git.getShortCommitId() : null, InstanceName.find(environment));
	}

}
