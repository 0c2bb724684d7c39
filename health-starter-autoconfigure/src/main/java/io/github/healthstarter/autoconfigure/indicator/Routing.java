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

package io.github.healthstarter.autoconfigure.indicator;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The targets of a dependency that routes.
 *
 * @param <T> the type of the dependency
 * @param targets the targets by key, the default one included
 * @param defaultTarget the target that is used if no other is, {@code null} if there is
 * none
 */
public record Routing<T>(Map<Object, T> targets, @Nullable T defaultTarget) {

	/**
	 * Create a picture of the targets.
	 * @param <T> the type of the dependency
	 * @param targets the targets by key
	 * @param defaultTarget the default one, {@code null} if there is none
	 * @return the targets, the default one as {@code default} unless a key is taken
	 */
	public static <T> Routing<T> of(Map<Object, T> targets, @Nullable T defaultTarget) {
		Map<Object, T> all = new LinkedHashMap<>(targets);
		if (defaultTarget != null) {
			all.putIfAbsent("default", defaultTarget);
		}
		return new Routing<>(all, defaultTarget);
	}

}
