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

package io.github.healthstarter.autoconfigure.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.ConditionalOnPropertyAtStart;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.Replaceable;
import io.github.healthstarter.autoconfigure.drain.DrainAutoConfiguration;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.ProbeCounters;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.traffic.Traffic;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.Departure;
import io.github.healthstarter.web.GateExemption;
import io.github.healthstarter.web.Instance;
import io.github.healthstarter.web.ModeGate;
import io.github.healthstarter.web.Routes;

/**
 * Auto-configuration of the HTTP contract, apart from any server.
 */
@AutoConfiguration(after = DrainAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnHealthEnabled
@Conditional(WebAutoConfiguration.OnServer.class)
public final class WebAutoConfiguration {

	@Bean
	@Replaceable
	AccessPolicy healthStarterAccessPolicy(HealthProperties properties) {
		return properties.accessPolicy();
	}

	@Bean
	@Replaceable
	Instance healthStarterInstance(ServiceInfo service, HealthMonitor health, DrainController drain, Traffic traffic,
			ProbeCounters counters, ModeController modes, StartupProgress startup) {
		return new Instance(service, health, drain, traffic, counters, modes, startup);
	}

	@Bean
	@Replaceable
	@ConditionalOnBooleanProperty("health.maintenance.gate")
	ModeGate healthStarterModeGate(ModeController modes, ObjectProvider<GateExemption> exemptions) {
		return new ModeGate(modes, exemptions.orderedStream().toList());
	}

	@Bean
	@Replaceable
	Routes healthStarterRoutes(HealthProperties properties, Instance instance, AccessPolicy access) {
		return new Routes(properties.probePaths(), instance, access, properties.preStopPath());
	}

	@Bean
	@Replaceable
	Departure healthStarterDeparture(Lifecycle lifecycle, HealthProperties properties) {
		return new Departure(lifecycle, properties.envoyHeaders());
	}

	/**
	 * There is a server of some kind.
	 */
	static final class OnServer extends AnyNestedCondition {

		OnServer() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		/**
		 * The application's own.
		 */
		@ConditionalOnWebApplication
		static class WebServer {

		}

		/**
		 * The starter's.
		 */
		@ConditionalOnPropertyAtStart("health.server.port")
		static class ProbeServer {

		}

	}

}
