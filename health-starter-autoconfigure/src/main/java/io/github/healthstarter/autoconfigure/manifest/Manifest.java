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

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What can be printed.
 */
enum Manifest {

	/**
	 * What concerns the container in a pod template.
	 */
	KUBERNETES,

	/**
	 * A unit.
	 */
	SYSTEMD,

	/**
	 * A service of a Compose file.
	 */
	COMPOSE;

	static @Nullable Manifest named(String name) {
		return Arrays.stream(values())
			.filter((manifest) -> manifest.name().equalsIgnoreCase(name))
			.findFirst()
			.orElse(null);
	}

	String print(Deployment deployment) {
		return switch (this) {
			case KUBERNETES -> KubernetesTemplate.fill(deployment);
			case SYSTEMD -> SystemdTemplate.fill(deployment);
			case COMPOSE -> ComposeTemplate.fill(deployment);
		};
	}

}
