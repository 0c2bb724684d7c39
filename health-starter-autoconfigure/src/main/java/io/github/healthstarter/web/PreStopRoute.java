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

import java.time.Duration;

import io.github.healthstarter.drain.DrainTrigger;

/**
 * Route that begins a drain and answers when it is over, for a hook that can send nothing
 * but {@code GET}.
 */
final class PreStopRoute implements Route {

	private static final Duration GRACE = Duration.ofSeconds(1);

	private final DrainCalls drain;

	private final AccessPolicy access;

	/**
	 * Create the route.
	 * @param drain the drain
	 * @param access decides who may begin a drain
	 */
	PreStopRoute(DrainCalls drain, AccessPolicy access) {
		this.drain = drain;
		this.access = access;
	}

	@Override
	public RequestPlan plan(HttpRequest request) {
		HttpResponse refusal = this.access.refusePreStop(request);
		if (refusal != null) {
			return refusal;
		}
		if (!"GET".equals(request.method())) {
			return HttpResponse.methodNotAllowed("GET");
		}
		return RequestPlan.blocking(() -> this.drain.begin(DrainTrigger.PRE_STOP, this.drain.maxWait().plus(GRACE)));
	}

}
