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

package io.github.healthstarter.autoconfigure.actuate;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Who is told the details of Actuator's own health endpoint, and so those of ours.
 *
 * @param show whether they are shown
 * @param roles the roles of which a caller has to have one, any caller who is known where
 * there are none
 */
record HealthDetails(Show show, Set<String> roles) {

	private static final String PREFIX = "management.endpoint.health.";

	static HealthDetails of(Environment environment) {
		Binder binder = Binder.get(environment);
		return new HealthDetails(binder.bind(PREFIX + "show-details", Show.class).orElse(Show.NEVER),
				binder.bind(PREFIX + "roles", Bindable.setOf(String.class)).orElse(Set.of()));
	}

	boolean areShownTo(SecurityContext caller) {
		return this.show.isShown(caller, this.roles);
	}

}
