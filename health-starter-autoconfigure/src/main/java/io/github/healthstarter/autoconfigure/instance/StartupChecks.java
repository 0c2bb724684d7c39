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

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.autoconfigure.RemovedProperties;
import io.github.healthstarter.autoconfigure.ShutdownBudget;
import io.github.healthstarter.autoconfigure.actuate.ActuatorPathCheck;
import io.github.healthstarter.autoconfigure.web.reactive.ReactivePathCheck;
import io.github.healthstarter.autoconfigure.web.servlet.ServletPathCheck;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.Routes;

/**
 * All checks of the configuration beyond single properties, in one place, so that none of
 * them depends on a bean that may be absent.
 */
final class StartupChecks {

	private static final String CONTRACT = "healthStarterHttpContract";

	private static final String SERVLETS = "healthStarterProbeFilter";

	private static final String WEBFLUX = "healthStarterFirstHandlers";

	private static final boolean ACTUATOR = ClassUtils
		.isPresent("org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints", null);

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	private StartupChecks(ConfigurableApplicationContext context) {
		this.beanFactory = context.getBeanFactory();
		this.environment = context.getEnvironment();
	}

	/**
	 * Check what can be checked before any bean depends on it.
	 * @param context the context
	 */
	static void checkProperties(ConfigurableApplicationContext context) {
		RemovedProperties.check(context.getEnvironment());
		LivenessPropertyCheck.check(context.getEnvironment());
		AncestorCheck.check(context, InstanceAttachment.BEAN_NAME);
	}

	/**
	 * Check the context, when every bean has been created.
	 * @param context the context
	 * @param budget the time that a shutdown has
	 */
	static void checkContext(ConfigurableApplicationContext context, ShutdownBudget budget) {
		budget.warnIfTooLong(context.getEnvironment());
		StartupChecks checks = new StartupChecks(context);
		if (context.containsLocalBean(CONTRACT)) {
			checks.checkPaths(context.getBean(CONTRACT, HttpContract.class).routes());
		}
	}

	// Actuator's paths are handlers' as well, and its properties are the ones to name
	private void checkPaths(Routes routes) {
		boolean servlets = this.beanFactory.containsLocalBean(SERVLETS);
		boolean webFlux = this.beanFactory.containsLocalBean(WEBFLUX);
		if (ACTUATOR && (servlets || webFlux)) {
			ActuatorPathCheck.check(this.beanFactory, this.environment, routes);
		}
		if (servlets) {
			ServletPathCheck.check(this.beanFactory, this.environment, routes);
		}
		if (webFlux) {
			ReactivePathCheck.check(this.beanFactory, routes);
		}
	}

}
