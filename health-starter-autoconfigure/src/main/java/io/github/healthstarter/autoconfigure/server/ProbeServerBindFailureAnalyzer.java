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

package io.github.healthstarter.autoconfigure.server;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.healthstarter.server.ProbeServerBindException;

/**
 * Tells what to do where the probe server cannot listen.
 */
final class ProbeServerBindFailureAnalyzer extends AbstractFailureAnalyzer<ProbeServerBindException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ProbeServerBindException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Stop the process that listens on port " + cause.address().getPort()
						+ ", or give the probe server another port or address with 'health.server.port' and"
						+ " 'health.server.address'.",
				cause);
	}

}
