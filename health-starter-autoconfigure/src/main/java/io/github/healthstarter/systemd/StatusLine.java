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

package io.github.healthstarter.systemd;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.startup.StartupState;
import io.github.healthstarter.text.TextLine;

/**
 * Says in one line where the application stands.
 */
final class StatusLine {

	static final int MAX_LENGTH = 500;

	private StatusLine() {
	}

	static String of(StartupState startup) {
		StringBuilder line = new StringBuilder("Starting: ").append(startup.phase().label());
		if (startup.expected() > 0) {
			line.append(" (").append(startup.made()).append(" of ").append(startup.expected()).append(" beans)");
		}
		if (startup.current() != null) {
			line.append(", waiting for '").append(startup.current()).append("' for ");
			line.append(startup.currentFor().toSeconds()).append('s');
		}
		return oneLine(line.toString());
	}

	static String of(HealthSnapshot snapshot, @Nullable DrainProgress drain) {
		String state = StringUtils.capitalize(snapshot.state().label());
		if (snapshot.state() == HealthState.DRAINING && drain != null) {
			return oneLine(state + " (" + drain.trigger().label() + ") for " + drain.elapsed().toSeconds() + "s: "
					+ progress(drain));
		}
		return oneLine((snapshot.reason() != null) ? state + ": " + snapshot.reason() : state);
	}

	private static String progress(DrainProgress drain) {
		if (drain.outcome() != null) {
			return drain.outcome().label().replace('_', ' ');
		}
		return drain.waitingFor().isEmpty() ? "nothing to wait for"
				: "waiting for " + String.join(", ", drain.waitingFor());
	}

	// A line end would begin another assignment
	static String oneLine(String text) {
		return TextLine.of(text, MAX_LENGTH);
	}

}
