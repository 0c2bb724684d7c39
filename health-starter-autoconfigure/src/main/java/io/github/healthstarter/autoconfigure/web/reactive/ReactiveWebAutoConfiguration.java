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

package io.github.healthstarter.autoconfigure.web.reactive;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.Replaceable;
import io.github.healthstarter.autoconfigure.web.UnknownAuthorities;
import io.github.healthstarter.autoconfigure.web.WebAutoConfiguration;
import io.github.healthstarter.traffic.Traffic;
import io.github.healthstarter.web.Departure;
import io.github.healthstarter.web.ModeGate;
import io.github.healthstarter.web.OpenStreams;
import io.github.healthstarter.web.Routes;
import io.github.healthstarter.web.reactive.LateRequests;

/**
 * Auto-configuration of the handlers in a reactive application.
 */
@AutoConfiguration(after = WebAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnHealthEnabled
@ConditionalOnClass(RequestMappingInfoHandlerMapping.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class ReactiveWebAutoConfiguration {

	@Bean
	@Replaceable
	OpenStreams healthStarterOpenStreams() {
		return new OpenStreams();
	}

	@Bean
	FirstHandlers healthStarterFirstHandlers(ApplicationContext context, Routes routes, Departure departure,
			Traffic traffic, OpenStreams streams, ObjectProvider<ModeGate> gate) {
		UnknownAuthorities.warn(context.getEnvironment(), "Spring Security is asked in servlet applications alone");
		return new FirstHandlers(context, new FirstHandlers.Contract(routes, departure, traffic), streams,
				gate.getIfAvailable());
	}

	@Bean
	ControllerPathCheck healthStarterControllerPathCheck(Routes routes,
			ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
		return new ControllerPathCheck(routes, mappings);
	}

	/**
	 * Customizes Reactor Netty.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(NettyReactiveWebServerFactory.class)
	static class ReactorNetty {

		@Bean
		@Replaceable
		LateRequests healthStarterLateRequests(Departure departure) {
			return new LateRequests(departure);
		}

		@Bean
		ReactorNettyCustomizer healthStarterReactorNettyCustomizer(LateRequests late, OpenStreams streams,
				Routes routes, Environment environment) {
			return new ReactorNettyCustomizer(late, streams, routes, environment);
		}

	}

}
