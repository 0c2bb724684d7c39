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

package io.github.healthstarter.health;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.text.TextLine;

/**
 * What a body says about the application itself; a part that is not known is left out.
 *
 * @param name the application's name
 * @param version its version
 * @param commit the commit that it was built from
 * @param instance the name of the host or container
 */
public record ServiceInfo(@Nullable String name, @Nullable String version, @Nullable String commit,
		@Nullable String instance) {

	public ServiceInfo {
		name = line(name);
		version = line(version);
		commit = line(commit);
		instance = line(instance);
	}

	private static @Nullable String line(@Nullable String text) {
		return (text != null) ? TextLine.of(text) : null;
	}

}
