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

package io.github.healthstarter.autoconfigure.server;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.ConditionalOnPropertyAtStart;
import io.github.healthstarter.autoconfigure.HealthProperties;

/**
 * Auto-configuration that attaches a context to the probe server, which listens already.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@ConditionalOnPropertyAtStart(ProbeServerFactory.PORT)
public final class ServerAutoConfiguration {

	@Bean
	ProbeServerAttachment healthStarterProbeServerAttachment(ConfigurableApplicationContext context,
			HealthProperties properties, ObjectProvider<SslBundles> bundles) {
		return new ProbeServerAttachment(context.getEnvironment(), properties.getServer().ssl().bundle(),
				ApplicationProbeServer.of(context), bundles);
	}

}
