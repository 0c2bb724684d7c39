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

package io.github.healthstarter.autoconfigure.actuate;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

import io.github.healthstarter.actuate.ChecksEndpoint;
import io.github.healthstarter.actuate.DrainArguments;
import io.github.healthstarter.actuate.DrainEndpoint;
import io.github.healthstarter.actuate.MaintenanceArguments;
import io.github.healthstarter.actuate.MaintenanceEndpoint;
import io.github.healthstarter.actuate.ReloadEndpoint;
import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.Replaceable;
import io.github.healthstarter.autoconfigure.web.WebAutoConfiguration;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.reload.Reloader;
import io.github.healthstarter.web.Routes;

/**
 * Auto-configuration of Actuator endpoints.
 */
@AutoConfiguration(after = WebAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnHealthEnabled
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public final class ActuatorAutoConfiguration {

	@Bean
	@Replaceable
	@ConditionalOnAvailableEndpoint
	DrainEndpoint healthStarterDrainEndpoint(DrainController drain, HealthMonitor health) {
		return new DrainEndpoint(drain, health);
	}

	@Bean
	@Replaceable
	@ConditionalOnAvailableEndpoint(endpoint = DrainEndpoint.class)
	DrainArguments healthStarterDrainArguments(DrainEndpoint endpoint) {
		return new DrainArguments(endpoint);
	}

	@Bean
	@Replaceable
	@ConditionalOnAvailableEndpoint
	ReloadEndpoint healthStarterReloadEndpoint(Reloader reloader) {
		return new ReloadEndpoint(reloader);
	}

	@Bean
	@Replaceable
	@ConditionalOnAvailableEndpoint
	ChecksEndpoint healthStarterChecksEndpoint(HealthMonitor health, Environment environment) {
		return new ChecksEndpoint(health, HealthDetails.of(environment)::areShownTo);
	}

	@Bean
	@Replaceable
	@ConditionalOnAvailableEndpoint
	MaintenanceEndpoint healthStarterMaintenanceEndpoint(ModeController modes) {
		return new MaintenanceEndpoint(modes);
	}

	@Bean
	@Replaceable
	@ConditionalOnAvailableEndpoint(endpoint = MaintenanceEndpoint.class)
	MaintenanceArguments healthStarterMaintenanceArguments() {
		return new MaintenanceArguments();
	}

	@Bean
	@ConditionalOnBooleanProperty("health.maintenance.gate")
	ActuatorGateExemption healthStarterActuatorGateExemption(ObjectProvider<PathMappedEndpoints> endpoints,
			Environment environment) {
		return new ActuatorGateExemption(endpoints, environment);
	}

	@Bean
	ActuatorPathCheck healthStarterActuatorPathCheck(ObjectProvider<Routes> routes,
			ObjectProvider<PathMappedEndpoints> endpoints, Environment environment) {
		return new ActuatorPathCheck(routes, endpoints, environment);
	}

}
