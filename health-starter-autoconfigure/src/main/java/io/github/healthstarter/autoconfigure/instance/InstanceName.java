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

package io.github.healthstarter.autoconfigure.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Finds the name of the host or container without asking the DNS.
 */
final class InstanceName {

	private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

	private InstanceName() {
	}

	static @Nullable String find(Environment environment) {
		String name = environment.getProperty("HOSTNAME");
		if (!StringUtils.hasText(name)) {
			name = environment.getProperty("COMPUTERNAME");
		}
		return StringUtils.hasText(name) ? name : kernelName();
	}

	private static @Nullable String kernelName() {
		try {
			return Files.isReadable(KERNEL_NAME) ? Files.readString(KERNEL_NAME).strip() : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

}
