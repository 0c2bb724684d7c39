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
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The liveness probe.
 *
 * @param path Path of the liveness probe.
 * @param additionalPaths Further paths on which the liveness probe answers.
 * @param signals the signals that decide about liveness
 */
public record LivenessProperties(@DefaultValue("/healthz") String path, @DefaultValue List<String> additionalPaths,
		@DefaultValue Signals signals) {

	static final LivenessProperties DEFAULT = new LivenessProperties("/healthz", List.of(),
			new Signals(new Deadlock(true), new WebServer(null), new RequestExecutor(false, Duration.ofSeconds(60))));

	/**
	 * The liveness signals.
	 *
	 * @param deadlock the search for deadlocked threads
	 * @param webServer the look at the web server's own threads
	 * @param requestExecutor the look at the threads that serve requests
	 */
	public record Signals(@DefaultValue Deadlock deadlock, @DefaultValue WebServer webServer,
			@DefaultValue RequestExecutor requestExecutor) {

	}

	/**
	 * The search for deadlocked threads.
	 *
	 * @param enabled Whether deadlocked threads make the liveness probe fail.
	 */
	public record Deadlock(@DefaultValue("true") boolean enabled) {

	}

	/**
	 * The look at the web server's own threads.
	 *
	 * @param enabled Whether the liveness probe fails if an acceptor, poller or
	 * event-loop thread of the web server has ended; by default if there is a probe
	 * server.
	 */
	public record WebServer(@Nullable Boolean enabled) {

	}

	/**
	 * The look at the threads that serve requests.
	 *
	 * @param enabled Whether the liveness probe fails where no thread of the web server
	 * has been free for too long.
	 * @param stuckAfter How long that is.
	 */
	public record RequestExecutor(@DefaultValue("false") boolean enabled, @DefaultValue("60s") Duration stuckAfter) {

		public RequestExecutor {
			PropertyRules.positive("health.liveness.signals.request-executor.stuck-after", stuckAfter);
		}

	}

}
