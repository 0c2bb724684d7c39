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

import java.util.ArrayList;
import java.util.List;

import io.github.healthstarter.health.Probe;

/**
 * What concerns the container in a pod template of Kubernetes.
 */
final class KubernetesTemplate {

	private static final String NO_HOOK = """
			      # The drain begins with SIGTERM and serves on meanwhile: no preStop hook is needed
			""";

	private static final String HOOK = """
			      # The drain begins here, and SIGTERM comes when it is over. The token is 'health.access.token'
			      lifecycle:
			        preStop:
			          httpGet:
			            path: %s
			            port: %s
			            scheme: %s
			            httpHeaders: [{name: Authorization, value: Bearer <token>}]
			""";

	private static final String NOT_SEEN = """
			      # which does not fit: 'health.drain.max-wait' is over before that, even with this period
			""";

	private static final String TEMPLATE = """
			# For the pod template. A shutdown takes %ss at the most:
			# %s
			spec:
			  terminationGracePeriodSeconds: %s
			  containers:
			    - name: %s
			%s      env:
			        # The application has to know it, too
			        - {name: HEALTH_KUBERNETES_TERMINATION_GRACE_PERIOD, value: %ss}
			        # How long it takes to remove a pod from its endpoints cannot be seen from inside
			        - {name: HEALTH_DRAIN_MIN_WAIT, value: %s}
			        # A process without memory may go on with threads missing: better restarted at once
			        - {name: JAVA_TOOL_OPTIONS, value: -XX:+ExitOnOutOfMemoryError}
			      ports: [%s]
			      # %s seconds to start
			      startupProbe:
			        httpGet: %s
			        periodSeconds: %s
			        failureThreshold: %s
			      livenessProbe:
			        httpGet: %s
			        periodSeconds: 10
			        failureThreshold: 3
			      # Thresholds are in the checks; a drain lasts until this has failed %s times
			%s      readinessProbe:
			        httpGet: %s
			        periodSeconds: %s
			        failureThreshold: 1
			""";

	private KubernetesTemplate() {
	}

	static String fill(Deployment deployment) {
		return TEMPLATE.formatted(deployment.budget().neededSeconds(), deployment.budget().parts(),
				deployment.gracePeriodSeconds(), deployment.label(), hook(deployment), deployment.gracePeriodSeconds(),
				deployment.minWait(), ports(deployment), Deployment.START_SECONDS, request(deployment, Probe.STARTUP),
				Deployment.START_PERIOD_SECONDS, Deployment.START_SECONDS / Deployment.START_PERIOD_SECONDS,
				request(deployment, Probe.LIVENESS), deployment.budget().configured().observedFailures(),
				deployment.isSeen() ? "" : NOT_SEEN, request(deployment, Probe.READINESS),
				deployment.readinessPeriodSeconds());
	}

	private static String hook(Deployment deployment) {
		String path = deployment.preStopPath();
		Endpoint probed = deployment.probed();
		return (path != null)
				? HOOK.formatted(probed.basePath() + path, probed.port(), probed.secure() ? "HTTPS" : "HTTP") : NO_HOOK;
	}

	private static String ports(Deployment deployment) {
		List<String> ports = new ArrayList<>(2);
		if (deployment.application() != null) {
			ports.add("{name: http, containerPort: " + deployment.application().port() + "}");
		}
		if (deployment.probeServer() != null) {
			ports.add("{name: health, containerPort: " + deployment.probeServer().port() + "}");
		}
		return String.join(", ", ports);
	}

	private static String request(Deployment deployment, Probe probe) {
		String scheme = deployment.probed().secure() ? ", scheme: HTTPS" : "";
		return "{path: " + deployment.path(probe) + ", port: " + deployment.probed().port() + scheme + "}";
	}

}
