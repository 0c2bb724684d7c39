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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.Replaceable;
import io.github.healthstarter.autoconfigure.actuate.ActuatorAutoConfiguration;
import io.github.healthstarter.autoconfigure.web.ServletPath;
import io.github.healthstarter.autoconfigure.web.UnknownAuthorities;
import io.github.healthstarter.autoconfigure.web.WebAutoConfiguration;
import io.github.healthstarter.traffic.Traffic;
import io.github.healthstarter.web.Departure;
import io.github.healthstarter.web.ModeGate;
import io.github.healthstarter.web.OpenStreams;
import io.github.healthstarter.web.Routes;
import io.github.healthstarter.web.security.SecurityChains;
import io.github.healthstarter.web.servlet.CallerAuthorities;
import io.github.healthstarter.web.servlet.DrainFilter;
import io.github.healthstarter.web.servlet.GateFilter;
import io.github.healthstarter.web.servlet.ProbeFilter;

/**
 * Auto-configuration of the filters on a servlet container.
 */
@AutoConfiguration(after = { WebAutoConfiguration.class, ActuatorAutoConfiguration.class })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnHealthEnabled
@ConditionalOnClass(Filter.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class ServletAutoConfiguration {

	@Bean
	@Replaceable(byName = true)
	ProbeFilterRegistration healthStarterProbeFilter(Routes routes, Departure departure,
			ObjectProvider<CallerAuthorities> callers, Environment environment) {
		ProbeFilter filter = new ProbeFilter(routes, departure, callers.getIfAvailable(() -> knowsNobody(environment)));
		ProbeFilterRegistration registration = new ProbeFilterRegistration(filter, routes.patterns());
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		return registration;
	}

	private static CallerAuthorities knowsNobody(Environment environment) {
		UnknownAuthorities.warn(environment, "Spring Security is not there");
		return (request, authority) -> false;
	}

	@Bean
	@Replaceable
	OpenStreams healthStarterOpenStreams() {
		return new OpenStreams();
	}

	@Bean
	@Replaceable(byName = true)
	FirstFilterRegistration<DrainFilter> healthStarterDrainFilter(Traffic traffic, OpenStreams streams,
			Departure departure) {
		FirstFilterRegistration<DrainFilter> registration = new FirstFilterRegistration<>(
				new DrainFilter(traffic.requests(), streams, departure));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		return registration;
	}

	@Bean
	@ConditionalOnBooleanProperty("health.maintenance.gate")
	@Replaceable(byName = true)
	FirstFilterRegistration<GateFilter> healthStarterGateFilter(ModeGate gate) {
		FirstFilterRegistration<GateFilter> registration = new FirstFilterRegistration<>(new GateFilter(gate));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		return registration;
	}

	@Bean
	ServletPathCheck healthStarterServletPathCheck(Routes routes, ObjectProvider<ServletRegistrationBean<?>> servlets) {
		return new ServletPathCheck(routes, servlets);
	}

	/**
	 * Knows the callers that Spring Security knows.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.security.web.access.intercept.AuthorizationFilter")
	static class Security {

		@Bean
		@Replaceable
		CallerAuthorities healthStarterCallerAuthorities(ObjectProvider<SecurityFilterChain> chains) {
			return new SecurityChains(SingletonSupplier.of(() -> chains.orderedStream().toList())::obtain);
		}

	}

	/**
	 * Looks for controllers of Spring MVC.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping")
	static class Controllers {

		@Bean
		ControllerPathCheck healthStarterControllerPathCheck(Routes routes,
				ObjectProvider<RequestMappingInfoHandlerMapping> mappings, Environment environment) {
			return new ControllerPathCheck(routes, mappings, ServletPath.of(environment));
		}

	}

}
