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

package io.github.healthstarter.sample.restart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.github.healthstarter.sample.SampleProcess;

/**
 * What is restarted, with nothing of its drain configured. It only has more patience with
 * its database and Redis than by default: where the machine is busy, an answer comes late
 * rather than as an error, so that what fails has failed by a restart.
 */
enum Application {

	/**
	 * The sample application as it is.
	 */
	STARTER("with the starter", "/readyz") {

		@Override
		SampleProcess start(Path log, int port) throws IOException {
			return SampleProcess.start(log, SMALL, arguments(port));
		}

	},

	/**
	 * The sample application without the starter's classes. Spring Boot shuts down
	 * gracefully by default.
	 */
	PLAIN("plain Spring Boot", "/actuator/health/readiness") {

		@Override
		SampleProcess start(Path log, int port) throws IOException {
			return SampleProcess.startPlain(log, SMALL, arguments(port));
		}

	};

	private static final List<String> SMALL = List.of("-Xmx128m", "-XX:+UseSerialGC");

	private static final String[] PATIENT = { "--spring.datasource.hikari.connection-timeout=20000",
			"--spring.datasource.hikari.data-source-properties.connectTimeout=20",
			"--spring.datasource.hikari.data-source-properties.socketTimeout=20", "--spring.data.redis.timeout=20s",
			"--spring.data.redis.connect-timeout=20s", "--health.check-defaults.timeout=20s" };

	private final String label;

	private final String readinessPath;

	Application(String label, String readinessPath) {
		this.label = label;
		this.readinessPath = readinessPath;
	}

	String label() {
		return this.label;
	}

	String readinessPath() {
		return this.readinessPath;
	}

	private static String[] arguments(int port) {
		String[] arguments = Arrays.copyOf(PATIENT, PATIENT.length + 1);
		arguments[PATIENT.length] = "--server.port=" + port;
		return arguments;
	}

	abstract SampleProcess start(Path log, int port) throws IOException;

}
