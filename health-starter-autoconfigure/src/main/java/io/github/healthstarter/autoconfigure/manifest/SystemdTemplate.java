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

import io.github.healthstarter.systemd.SystemdSettings;

/**
 * A unit of systemd.
 */
final class SystemdTemplate {

	private static final String TEMPLATE = """
			# /etc/systemd/system/%1$s.service
			[Unit]
			Description=%2$s
			Wants=network-online.target
			After=network-online.target

			[Service]
			%7$s
			User=%1$s
			# Where the application is
			ExecStart=/usr/bin/java -XX:+ExitOnOutOfMemoryError -jar /opt/%1$s/%1$s.jar
			TimeoutStartSec=%3$ss
			# A shutdown takes %4$ss at the most:
			# %5$s
			TimeoutStopSec=%6$ss
			Environment=HEALTH_KUBERNETES_TERMINATION_GRACE_PERIOD=%6$ss
			# Only the application is asked to end, and not what it has started
			KillMode=mixed
			SuccessExitStatus=143
			Restart=on-failure

			[Install]
			WantedBy=multi-user.target
			""";

	private static final String NOTIFYING = """
			Type=notify
			ExecReload=/bin/kill -HUP $MAINPID
			WatchdogSec=30s""";

	private static final String SILENT = """
			# With the dependency com.kohlschutter.junixsocket:junixsocket-core it could be Type=notify, with ExecReload and
			# WatchdogSec
			Type=exec""";

	private SystemdTemplate() {
	}

	static String fill(Deployment deployment) {
		return fill(deployment, SystemdSettings.isLibraryPresent());
	}

	static String fill(Deployment deployment, boolean notifies) {
		return TEMPLATE.formatted(deployment.label(), deployment.name(), Deployment.START_SECONDS,
				deployment.budget().neededSeconds(), deployment.budget().parts(), deployment.gracePeriodSeconds(),
				notifies ? NOTIFYING : SILENT);
	}

}
