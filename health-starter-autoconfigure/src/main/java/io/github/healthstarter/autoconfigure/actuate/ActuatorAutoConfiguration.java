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
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.github.healthstarter.actuate.ChecksEndpoint;
import io.github.healthstarter.actuate.DrainEndpoint;
import io.github.healthstarter.actuate.MaintenanceEndpoint;
import io.github.healthstarter.actuate.ReloadEndpoint;
import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.reload.Reloader;

/**
 * Auto-configuration of Actuator endpoints.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public final class ActuatorAutoConfiguration {

	@Bean
	@ConditionalOnAvailableEndpoint
	DrainEndpoint healthStarterDrainEndpoint(HealthInstance instance, Environment environment) {
		return new DrainEndpoint(instance.drain(), instance.health(), HealthDetails.of(environment)::areShownTo);
	}

	@Bean
	@ConditionalOnAvailableEndpoint
	ReloadEndpoint healthStarterReloadEndpoint(Reloader reloader, Environment environment) {
		return new ReloadEndpoint(reloader, HealthDetails.of(environment).areShownTo(SecurityContext.NONE));
	}

	@Bean
	@ConditionalOnAvailableEndpoint
	ChecksEndpoint healthStarterChecksEndpoint(HealthInstance instance, Environment environment) {
		return new ChecksEndpoint(instance.health(), HealthDetails.of(environment)::areShownTo);
	}

	@Bean
	@ConditionalOnAvailableEndpoint
	MaintenanceEndpoint healthStarterMaintenanceEndpoint(HealthInstance instance, Environment environment) {
		return new MaintenanceEndpoint(instance.modes(), instance.health(), HealthDetails.of(environment)::areShownTo);
	}

	@Bean
	@ConditionalOnBooleanProperty("health.maintenance.gate")
	ActuatorGateExemption healthStarterActuatorGateExemption(ObjectProvider<PathMappedEndpoints> endpoints,
			Environment environment) {
		return new ActuatorGateExemption(endpoints, environment);
	}

}
