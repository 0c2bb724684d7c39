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

package io.github.healthstarter.testing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * Decides, once for each kind of server, between a container and the embedded binaries.
 */
final class TestServers {

	private static final Logger LOGGER = LoggerFactory.getLogger(TestServers.class);

	private static final Map<String, Boolean> DECISIONS = new ConcurrentHashMap<>();

	private TestServers() {
	}

	static boolean runInContainer(String server, String image) {
		return DECISIONS.computeIfAbsent(image, (key) -> decide(server, image));
	}

	private static boolean decide(String server, String image) {
		Optional<String> obstacle = Docker.ofEnvironment().obstacleTo(image).or(TestServers::obstacleToTestcontainers);
		if (obstacle.isPresent()) {
			LOGGER.info("{} for tests: embedded binaries ({})", server, obstacle.get());
			return false;
		}
		LOGGER.info("{} for tests: a container of {}", server, image);
		return true;
	}

	private static Optional<String> obstacleToTestcontainers() {
		if (DockerClientFactory.instance().isDockerAvailable()) {
			return Optional.empty();
		}
		return Optional.of("Testcontainers cannot use Docker");
	}

}
