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

import java.net.InetAddress;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.health.EarlyHealth;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.testing.ProbeServerDefaults;
import io.github.healthstarter.time.TimeSource;

/**
 * Makes probe servers that no application has yet.
 */
final class UnconnectedServer {

	private UnconnectedServer() {
	}

	static ApplicationProbeServer create(String application) {
		return create(application, 0);
	}

	static ApplicationProbeServer create(String application, int port) {
		Environment environment = new StandardEnvironment();
		HealthProperties properties = Binder.get(environment).bindOrCreate("health", HealthProperties.class);
		StartupProgress progress = new StartupProgress(TimeSource.system());
		return new ApplicationProbeServer(application, ProbeServerDefaults.of(InetAddress.getLoopbackAddress(), port),
				() -> new EarlyHealth(properties, environment, progress));
	}

}
