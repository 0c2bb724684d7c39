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

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Has applications run on Tomcat, where it is there, unless they ask for Jetty: both are
 * on the class path of the tests, and Spring Boot would take the first by its name.
 */
public final class WebServerChoice implements AutoConfigurationImportFilter, EnvironmentAware {

	/**
	 * The property that leaves an application on Tomcat.
	 */
	public static final String TOMCAT = "testing.web-server=tomcat";

	/**
	 * The property that puts an application on Jetty.
	 */
	public static final String JETTY = "testing.web-server=jetty";

	private static final String PACKAGE = "org.springframework.boot.";

	private String left = ClassUtils.isPresent("org.apache.catalina.startup.Tomcat", null) ? PACKAGE + "jetty."
			: "none";

	@Override
	public void setEnvironment(Environment environment) {
		if (Objects.equals(environment.getProperty("testing.web-server"), "jetty")) {
			this.left = PACKAGE + "tomcat.";
		}
	}

	@Override
	public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
		boolean[] matches = new boolean[candidates.length];
		for (int i = 0; i < candidates.length; i++) {
			String candidate = candidates[i];
			matches[i] = candidate == null || !candidate.startsWith(this.left);
		}
		return matches;
	}

}
