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

package io.github.healthstarter.autoconfigure.web.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.ModeGate;
import io.github.healthstarter.web.OpenStreams;
import io.github.healthstarter.web.servlet.DrainFilter;
import io.github.healthstarter.web.servlet.GateFilter;
import io.github.healthstarter.web.servlet.ProbeFilter;

/**
 * Auto-configuration of the filters on a servlet container.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@ConditionalOnClass(Filter.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class ServletAutoConfiguration {

	@Bean
	ProbeFilterRegistration healthStarterProbeFilter(HttpContract contract) {
		ProbeFilterRegistration registration = new ProbeFilterRegistration(
				new ProbeFilter(contract.routes(), contract.access(), contract.drainHeaders()),
				contract.routes().patterns());
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		return registration;
	}

	@Bean
	FirstFilterRegistration<DrainFilter> healthStarterDrainFilter(HealthInstance instance, OpenStreams streams,
			HttpContract contract) {
		FirstFilterRegistration<DrainFilter> registration = new FirstFilterRegistration<>(
				new DrainFilter(instance.traffic().requests(), streams, contract.drainHeaders()));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		return registration;
	}

	@Bean
	@ConditionalOnBooleanProperty("health.maintenance.gate")
	FirstFilterRegistration<GateFilter> healthStarterGateFilter(ModeGate gate) {
		FirstFilterRegistration<GateFilter> registration = new FirstFilterRegistration<>(new GateFilter(gate));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		return registration;
	}

}
