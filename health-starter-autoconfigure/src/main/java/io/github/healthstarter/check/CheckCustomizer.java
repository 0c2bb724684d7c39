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

package io.github.healthstarter.check;

import org.jspecify.annotations.Nullable;

/**
 * Tunes checks in code. Every bean of this type is asked for every check that has been
 * found, in order, and again when the configuration is reloaded. What it is given comes
 * from {@code health.check-defaults}; what {@code health.checks.<name>} says counts more
 * than what it returns, so that whoever runs the application has the last word.
 */
@FunctionalInterface
public interface CheckCustomizer {

	/**
	 * Say how a check is run.
	 * @param name the name of the check
	 * @param policy how it would be run
	 * @return how it is run, {@code null} where it is not to be
	 */
	@Nullable CheckPolicy customize(String name, CheckPolicy policy);

}
