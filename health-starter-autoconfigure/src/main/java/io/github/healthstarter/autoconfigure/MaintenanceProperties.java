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

package io.github.healthstarter.autoconfigure;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

import io.github.healthstarter.mode.Mode;
import io.github.healthstarter.mode.ModeRequest;
import io.github.healthstarter.text.DurationText;

/**
 * The mode to start in, and the gate.
 *
 * @param mode Mode to start in.
 * @param reason Why the application starts in a mode other than normal.
 * @param by Who has asked for the mode to start in.
 * @param until When the mode to start in ends by itself. Where that is over, the
 * application starts in the mode normal.
 * @param duration How long after the start the mode ends by itself.
 * @param gate Whether the application's own requests are refused, in maintenance all, in
 * read-only those that may change something.
 */
public record MaintenanceProperties(@DefaultValue("normal") Mode mode, @Nullable String reason, @Nullable String by,
		@Nullable Instant until, @Name("for") @Nullable Duration duration, @DefaultValue("false") boolean gate) {

	static final MaintenanceProperties DEFAULT = new MaintenanceProperties(Mode.NORMAL, null, null, null, null, false);

	public MaintenanceProperties {
		PropertyRules.positive("health.maintenance.for", duration);
		if (until != null && duration != null) {
			throw new InvalidPropertyException("health.maintenance.until", until,
					"excludes 'health.maintenance.for' with the value '" + DurationText.exact(duration) + "'.",
					"Set one of the two.");
		}
	}

	/**
	 * Return the mode to start in.
	 * @param now the time
	 * @return the request to enter it
	 */
	public ModeRequest atStart(Instant now) {
		Instant end = (this.duration != null) ? now.plus(this.duration) : this.until;
		boolean over = end != null && !end.isAfter(now);
		return over ? new ModeRequest(Mode.NORMAL, null, null, null)
				: new ModeRequest(this.mode, this.reason, this.by, end);
	}

}
