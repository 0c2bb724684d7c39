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

package io.github.healthstarter.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of file descriptors that the process may have open, of which connections
 * take no more than a share.
 *
 * @param descriptors the number, 0 if it is not known or there is no limit
 */
record DescriptorLimit(long descriptors) {

	private static final Path FILE = Path.of("/proc/self/limits");

	private static final Pattern LINE = Pattern.compile("(?m)^Max open files +(\\d{1,18}) ");

	private static final int SHARE = 4;

	/**
	 * Read the limit, which is known on Linux.
	 * @return the limit
	 */
	static DescriptorLimit ofProcess() {
		return read(FILE);
	}

	static DescriptorLimit read(Path file) {
		try {
			Matcher line = LINE.matcher(Files.readString(file));
			return new DescriptorLimit(line.find() ? Long.parseLong(line.group(1)) : 0);
		}
		catch (IOException ex) {
			return new DescriptorLimit(0);
		}
	}

	/**
	 * Whether some connections are more than a quarter of the descriptors.
	 * @param connections their number
	 * @return {@code true} if they are too many
	 */
	boolean isExceededBy(int connections) {
		return this.descriptors > 0 && connections > share();
	}

	/**
	 * Return how many connections there may be.
	 * @return a quarter of the descriptors, at least one
	 */
	int share() {
		return (int) Math.max(1, Math.min(Integer.MAX_VALUE, this.descriptors / SHARE));
	}

}
