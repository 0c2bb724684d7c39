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

package io.github.healthstarter.autoconfigure.systemd;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.ConditionalOnPropertyAtStart;
import io.github.healthstarter.autoconfigure.drain.DrainAutoConfiguration;
import io.github.healthstarter.autoconfigure.reload.ReloadAutoConfiguration;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.reload.Reloader;
import io.github.healthstarter.systemd.SystemdService;

/**
 * Auto-configuration of what systemd is told once there is a context. It is told before,
 * where a {@code SpringApplication} builds the context. No condition names a class of the
 * service: to look whether it is there would load it.
 */
@AutoConfiguration(after = { DrainAutoConfiguration.class, ReloadAutoConfiguration.class })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnHealthEnabled
@ConditionalOnPropertyAtStart(SystemdAutoConfiguration.SOCKET)
public final class SystemdAutoConfiguration {

	static final String SOCKET = "NOTIFY_SOCKET";

	@Bean
	SystemdConnection healthStarterSystemdConnection(Environment environment, ObjectProvider<SystemdService> services,
			HealthMonitor health, DrainController drain, Reloader reloader) {
		if (!environment.containsProperty(SOCKET)) {
			return new SystemdConnection(() -> {
			});
		}
		return new SystemdConnection(() -> services.ifAvailable((service) -> {
			service.follow(health, drain);
			reloader.addListener(service);
		}));
	}

}
