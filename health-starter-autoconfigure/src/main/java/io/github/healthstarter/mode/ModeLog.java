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

import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes one log line for each change of the mode.
 */
final class ModeLog implements ModeListener {

	private static final Log logger = LogFactory.getLog(ModeLog.class);

	private final Executor executor;

	ModeLog(Executor executor) {
		this.executor = executor;
	}

	@Override
	public void onChange(ModeState before, ModeState after) {
		String line = line(before, after);
		this.executor.execute(() -> {
			if (after.mode() == Mode.NORMAL) {
				logger.info(line);
			}
			else {
				logger.warn(line);
			}
		});
	}

	private static String line(ModeState before, ModeState after) {
		StringBuilder line = new StringBuilder("Mode: " + before.mode().label() + " -> " + after.mode().label());
		if (after.until() != null) {
			line.append(" until ").append(after.until());
		}
		else if (before.until() != null && !before.until().isAfter(after.since())) {
			line.append(", its time is over");
		}
		if (after.by() != null) {
			line.append(", by ").append(after.by());
		}
		if (after.reason() != null) {
			line.append(": ").append(after.reason());
		}
		return line.toString();
	}

}
