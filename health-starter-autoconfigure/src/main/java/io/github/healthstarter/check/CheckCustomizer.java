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
 * Customizes the policies of checks. Every bean of this type is called for every check
 * that has been found, in order, and again when the configuration is reloaded. The policy
 * that it is given comes from {@code health.check-defaults}: if another impact is set, it
 * is called once more with the defaults of that one; {@code health.checks.<name>} takes
 * precedence over the one that it returns, so that the operator decides.
 */
@FunctionalInterface
public interface CheckCustomizer {

	/**
	 * Return the policy of a check.
	 * @param name the name of the check
	 * @param policy the policy so far
	 * @return the policy, {@code null} if the check is not to be run
	 */
	@Nullable CheckPolicy customize(String name, CheckPolicy policy);

}
