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

package io.github.healthstarter.systemd;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * What systemd has told the process.
 *
 * @param socket the address of the socket that it listens on
 * @param watchdog how long the process may be silent while it is up, {@code null} where
 * nobody minds
 * @param shutdownPhase how long a phase of the context's end may take
 */
public record SystemdSettings(String socket, @Nullable Duration watchdog, Duration shutdownPhase) {

	/**
	 * Whether the library that datagrams go through is there.
	 * @return {@code true} where systemd can be told of anything
	 */
	public static boolean isLibraryPresent() {
		return ClassUtils.isPresent("org.newsclub.net.unix.AFUNIXDatagramChannel",
				SystemdSettings.class.getClassLoader());
	}

	/**
	 * Return how long the process may be silent.
	 * @param micros the value of {@code WATCHDOG_USEC}
	 * @param pid the value of {@code WATCHDOG_PID}: the process that is minded, each
	 * where it is left out
	 * @return the time, {@code null} where nobody minds this process
	 */
	public static @Nullable Duration watchdog(@Nullable String micros, @Nullable String pid) {
		if (micros == null || (pid != null && !pid.equals(String.valueOf(ProcessHandle.current().pid())))) {
			return null;
		}
		try {
			long value = Long.parseLong(micros);
			return (value > 0 && value < Long.MAX_VALUE / 1000) ? Duration.ofNanos(value * 1000) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
