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

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Starts a whole application with a configuration that may be a mistake.
 */
public final class StartupAttempt {

	private final WebApplicationType type;

	private final Class<?> source;

	private final Map<String, Object> environment = new LinkedHashMap<>();

	private StartupAttempt(WebApplicationType type, Class<?> source) {
		this.type = type;
		this.source = source;
	}

	/**
	 * Prepares an application without a web server.
	 * @return the attempt
	 */
	public static StartupAttempt plain() {
		return new StartupAttempt(WebApplicationType.NONE, Plain.class);
	}

	/**
	 * Prepares an application without a web server.
	 * @param source its configuration class
	 * @return the attempt
	 */
	public static StartupAttempt plain(Class<?> source) {
		return new StartupAttempt(WebApplicationType.NONE, source);
	}

	/**
	 * Prepares an application on a servlet container.
	 * @param source its configuration class
	 * @return the attempt
	 */
	public static StartupAttempt onServlets(Class<?> source) {
		return new StartupAttempt(WebApplicationType.SERVLET, source);
	}

	/**
	 * Adds an environment variable.
	 * @param name the name, in capital letters
	 * @param value the value
	 * @return this attempt
	 */
	public StartupAttempt withVariable(String name, String value) {
		this.environment.put(name, value);
		return this;
	}

	/**
	 * Starts the application. A failure is reported to the log as users see it.
	 * @param properties such as {@code health.drain.max-wait=1s}
	 * @return the application's context
	 */
	public ConfigurableApplicationContext start(String... properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, this.environment));
		return new SpringApplicationBuilder(this.source).web(this.type)
			.environment(environment)
			.registerShutdownHook(false)
			.properties("server.port=0", "spring.main.banner-mode=off",
					"spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
			.properties(properties)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Plain {

	}

}
