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
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.ModeGate;
import io.github.healthstarter.web.OpenStreams;
import io.github.healthstarter.web.reactive.LingeringConnections;

/**
 * Auto-configuration of the handlers in a reactive application.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@ConditionalOnClass(RequestMappingInfoHandlerMapping.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class ReactiveWebAutoConfiguration {

	@Bean
	FirstHandlers healthStarterFirstHandlers(ApplicationContext context, HttpContract contract, HealthInstance instance,
			OpenStreams streams, ObjectProvider<ModeGate> gate) {
		return new FirstHandlers(context, contract, instance.traffic(), streams, gate.getIfAvailable());
	}

	/**
	 * Customizes Reactor Netty.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(NettyReactiveWebServerFactory.class)
	static class ReactorNetty {

		@Bean
		LingeringConnections healthStarterLingeringConnections(HttpContract contract) {
			return new LingeringConnections(contract.drainHeaders());
		}

		@Bean
		ReactorNettyCustomizer healthStarterReactorNettyCustomizer(LingeringConnections connections,
				OpenStreams streams) {
			return new ReactorNettyCustomizer(connections, streams);
		}

	}

}
