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

package io.github.healthstarter.autoconfigure.manifest;

import io.github.healthstarter.health.Probe;

/**
 * A service of a Compose file.
 */
final class ComposeTemplate {

	private static final String TEMPLATE = """
			# A shutdown takes %2$ss at the most:
			# %3$s
			services:
			  %1$s:
			    image: %1$s
			    environment:
			      HEALTH_KUBERNETES_TERMINATION_GRACE_PERIOD: %4$ss
			      JAVA_TOOL_OPTIONS: -XX:+ExitOnOutOfMemoryError
			    stop_grace_period: %4$ss
			    # Needs curl in the image. Under Swarm, which replaces what is unhealthy, ask %5$s instead
			    healthcheck:
			      test: [CMD, curl, %6$s, "%7$s"]
			      interval: %8$ss
			      timeout: 2s
			      retries: 2
			      start_period: %9$ss
			""";

	private ComposeTemplate() {
	}

	static String fill(Deployment deployment) {
		Endpoint probed = deployment.probed();
		String address = (probed.secure() ? "https" : "http") + "://localhost:" + probed.port();
		return TEMPLATE.formatted(deployment.label(), deployment.budget().neededSeconds(), deployment.budget().parts(),
				deployment.gracePeriodSeconds(), deployment.path(Probe.LIVENESS), probed.secure() ? "-fsSk" : "-fsS",
				address + deployment.path(Probe.READINESS), deployment.readinessPeriodSeconds(),
				Deployment.START_SECONDS);
	}

}
