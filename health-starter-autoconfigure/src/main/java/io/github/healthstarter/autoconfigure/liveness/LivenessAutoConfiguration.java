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

package io.github.healthstarter.autoconfigure.liveness;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.server.ApplicationProbeServer;
import io.github.healthstarter.instance.HealthInstance;

/**
 * Auto-configuration of the liveness signal that watches the threads of the web server.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@ConditionalOnWebApplication
@ConditionalOnClass(name = "org.springframework.boot.web.server.context.WebServerInitializedEvent")
@Conditional(OnWebServerSignal.class)
public final class LivenessAutoConfiguration {

	@Bean
	WebServerSignal healthStarterWebServerSignal(ApplicationContext context, HealthProperties properties,
			HealthInstance instance) {
		Boolean enabled = properties.getLiveness().signals().webServer().enabled();
		return new WebServerSignal((enabled != null) ? enabled : ApplicationProbeServer.of(context) != null,
				instance.time());
	}

}
