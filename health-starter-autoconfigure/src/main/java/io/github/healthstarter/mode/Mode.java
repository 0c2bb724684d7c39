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

package io.github.healthstarter.mode;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What an operator may ask for.
 */
public enum Mode {

	/**
	 * Nothing in particular.
	 */
	NORMAL,

	/**
	 * Reads are to be served, writes are not to be sent.
	 */
	READ_ONLY,

	/**
	 * Nothing is to be sent.
	 */
	MAINTENANCE;

	/**
	 * Return the mode as bodies, logs and properties show it.
	 * @return the label
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static Mode of(@Nullable Object label) {
		return Arrays.stream(values())
			.filter((mode) -> mode.label().equals(label))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("'mode' must be one of " + labels()));
	}

	private static String labels() {
		return Arrays.stream(values()).map(Mode::label).collect(Collectors.joining(", "));
	}

}
