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

package io.github.healthstarter.instance;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.drain.DrainSettings;

/**
 * Settings of an instance. Immutable; a reload replaces them as a whole.
 *
 * @param access who gets answers, and who gets details
 * @param drain what a drain waits for
 * @param envoyHeaders whether answers during a drain carry Envoy's header
 * @param terminationMessage the file that gets the summary of a shutdown if it exists,
 * {@code null} for none
 * @param awaitChecks whether startup is complete only when every required check has
 * passed once
 * @param deadlockSignal whether deadlocked threads make the liveness probe fail
 */
public record InstanceSettings(AccessRules access, DrainSettings drain, boolean envoyHeaders,
		@Nullable Path terminationMessage, boolean awaitChecks, boolean deadlockSignal) {

	/**
	 * The defaults.
	 */
	public static final InstanceSettings DEFAULT = new InstanceSettings(AccessRules.LOOPBACK, DrainSettings.DEFAULT,
			false, null, false, true);

}
