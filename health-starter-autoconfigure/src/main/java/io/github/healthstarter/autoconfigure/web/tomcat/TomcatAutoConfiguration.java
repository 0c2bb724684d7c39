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

package io.github.healthstarter.autoconfigure.web.tomcat;

import jakarta.servlet.ServletContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.tomcat.RequestExecutor;
import io.github.healthstarter.web.tomcat.WebSocketSessions;

/**
 * Auto-configuration of what has to be noted on Tomcat before any filter.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@ConditionalOnClass(
		name = { "org.apache.catalina.startup.Tomcat", "org.springframework.boot.tomcat.TomcatWebServerFactory" })
@ConditionalOnWebApplication
public final class TomcatAutoConfiguration {

	@Bean
	PeerValveCustomizer healthStarterPeerValveCustomizer() {
		return new PeerValveCustomizer();
	}

	/**
	 * Notes more in an application of servlets.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class Servlets {

		private static final String REQUEST_EXECUTOR = "health.liveness.signals.request-executor.enabled";

		@Bean
		DrainingProtocolCustomizer healthStarterDrainingProtocolCustomizer(HttpContract contract) {
			return new DrainingProtocolCustomizer(contract.drainHeaders());
		}

		@Bean
		@ConditionalOnBooleanProperty(REQUEST_EXECUTOR)
		RequestExecutor healthStarterRequestExecutor() {
			return new RequestExecutor();
		}

		@Bean
		@ConditionalOnBooleanProperty(REQUEST_EXECUTOR)
		LivenessSignal healthStarterRequestExecutorSignal(RequestExecutor executor, HealthProperties properties,
				HealthInstance instance) {
			return LivenessSignal.executor(executor, properties.getLiveness().signals().requestExecutor().stuckAfter(),
					instance.time());
		}

	}

	/**
	 * Ends WebSocket sessions.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(name = "org.apache.tomcat.websocket.server.WsServerContainer")
	static class WebSocket {

		@Bean
		WebSocketSessions healthStarterWebSocketSessions(ServletContext servletContext) {
			return new WebSocketSessions(servletContext);
		}

	}

}
