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

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.testing.ManualInstance;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.testing.ProbeServerDefaults;

/**
 * Makes probe servers that no application has yet.
 */
final class UnconnectedServer {

	private UnconnectedServer() {
	}

	static ApplicationProbeServer create(String application) {
		return new ApplicationProbeServer(application, ProbeServerDefaults.of(InetAddress.getLoopbackAddress(), 0),
				ManualInstance
					.contract(ManualInstance.create(new ManualTime(), AccessRules.LOOPBACK, DrainSettings.DEFAULT)),
				null, "");
	}

}
