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

package io.github.healthstarter.web;

import io.github.healthstarter.health.HealthSnapshot;

/**
 * The answer to a probe, before it is put into a format.
 *
 * @param name the probe as the plain format names it
 * @param passes whether it passes
 * @param whole the picture of the instance
 * @param snapshot the same without the checks that are left out, which is what decides
 * @param query what was asked for
 */
record ProbeAnswer(String name, boolean passes, HealthSnapshot whole, HealthSnapshot snapshot, ProbeQuery query) {

	boolean isOfStartup() {
		return this.name.equals(ProbeRoutes.STARTUP);
	}

	boolean isOfTheWhole() {
		return this.query.excluded().isEmpty();
	}

}
