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

package io.github.healthstarter.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.healthstarter.reload.ReloadResult;
import io.github.healthstarter.reload.ReloadTrigger;
import io.github.healthstarter.reload.Reloader;

/**
 * Actuator endpoint that reloads. Actuator's own exposure, access and security decide who
 * may call it; by default nobody may.
 */
@Endpoint(id = "reload", defaultAccess = Access.NONE)
public final class ReloadEndpoint {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final Reloader reloader;

	private final boolean detailed;

	/**
	 * Create the endpoint.
	 * @param reloader the reloader
	 * @param detailed whether a caller of whom nothing is known gets the reason of a
	 * failure
	 */
	public ReloadEndpoint(Reloader reloader, boolean detailed) {
		this.reloader = reloader;
		this.detailed = detailed;
	}

	/**
	 * Reload, and wait up to 30 seconds for the result. An operation with a parameter, be
	 * it the caller, would refuse a request without a body of JSON.
	 * @return {@code reloaded}, {@code failed} with the reason, or {@code under_way}
	 */
	@WriteOperation
	public Map<String, Object> reload() {
		return OperationResponseBody.of(this.reloader.request(ReloadTrigger.ACTUATOR)
			.thenApply(this::body)
			.completeOnTimeout(Map.of("outcome", "under_way"), LIMIT.toSeconds(), TimeUnit.SECONDS)
			.join());
	}

	private Map<String, Object> body(ReloadResult result) {
		Map<String, Object> body = new LinkedHashMap<>();
		String failure = result.failure();
		body.put("outcome", (failure != null) ? "failed" : "reloaded");
		if (failure != null && this.detailed) {
			body.put("reason", failure);
		}
		body.put("tookMillis", result.took().toMillis());
		return body;
	}

}
