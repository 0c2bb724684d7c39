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

package io.github.healthstarter.autoconfigure.web.jetty;

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
import io.github.healthstarter.web.jetty.RequestExecutor;

/**
 * Auto-configuration of what has to be noted on Jetty before any filter.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@ConditionalOnClass(name = { "org.eclipse.jetty.server.ForwardedRequestCustomizer",
		"org.springframework.boot.jetty.ConfigurableJettyWebServerFactory" })
@ConditionalOnWebApplication
public final class JettyAutoConfiguration {

	@Bean
	PeerFactoryCustomizer healthStarterJettyPeerFactoryCustomizer() {
		return new PeerFactoryCustomizer();
	}

	/**
	 * Watches the threads of requests.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnBooleanProperty("health.liveness.signals.request-executor.enabled")
	static class RequestThreads {

		@Bean
		RequestExecutor healthStarterJettyRequestExecutor() {
			return new RequestExecutor();
		}

		@Bean
		LivenessSignal healthStarterJettyRequestExecutorSignal(RequestExecutor executor, HealthProperties properties,
				HealthInstance instance) {
			return LivenessSignal.executor(executor, properties.getLiveness().signals().requestExecutor().stuckAfter(),
					instance.time());
		}

	}

}
