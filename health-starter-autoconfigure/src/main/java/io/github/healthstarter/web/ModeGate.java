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

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.mode.GateExemption;
import io.github.healthstarter.mode.Mode;
import io.github.healthstarter.mode.ModeController;

/**
 * Refuses the application's own requests while an operator's mode demands it: all of them
 * in maintenance, those that may change something while it is read-only. Thread-safe.
 */
public final class ModeGate {

	// RFC 9110, 9.2.1
	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	private final ModeController modes;

	private final List<GateExemption> exemptions;

	/**
	 * Create a gate.
	 * @param modes the modes
	 * @param exemptions exempt paths from the gate
	 */
	public ModeGate(ModeController modes, List<GateExemption> exemptions) {
		this.modes = modes;
		this.exemptions = List.copyOf(exemptions);
	}

	/**
	 * Refuse a request if the mode demands it.
	 * @param method the method
	 * @param path the path within the application, empty if it was not sent in its plain
	 * form
	 * @return the refusal, problem details of RFC 9457; {@code null} if the request is to
	 * be served
	 */
	public @Nullable HttpResponse refuse(String method, String path) {
		Mode mode = this.modes.state().mode();
		if (mode == Mode.NORMAL || (mode == Mode.READ_ONLY && SAFE_METHODS.contains(method))
				|| this.exemptions.stream().anyMatch((exemption) -> exemption.exempts(path))) {
			return null;
		}
		String detail = (mode == Mode.READ_ONLY) ? "The service is read-only for now."
				: "The service is in maintenance.";
		return RetryAfter.add(HttpResponse.problem(503, "Service Unavailable", detail), this.modes.remaining());
	}

}
