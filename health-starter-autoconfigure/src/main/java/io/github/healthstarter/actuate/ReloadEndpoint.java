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
import java.util.concurrent.TimeUnit;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.healthstarter.reload.ReloadTrigger;
import io.github.healthstarter.reload.Reloader;

/**
 * Actuator's endpoint that reloads. Who may call it is decided by Actuator's own
 * exposure, access and security; unless it is told otherwise, nobody may.
 */
@Endpoint(id = "reload", defaultAccess = Access.NONE)
public final class ReloadEndpoint {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final ReloadDescriptor UNDER_WAY = new ReloadDescriptor("under_way", null, null);

	private final Reloader reloader;

	/**
	 * Create the endpoint.
	 * @param reloader reloads
	 */
	public ReloadEndpoint(Reloader reloader) {
		this.reloader = reloader;
	}

	/**
	 * Reload, and wait for half a minute at the most until that is over.
	 * @return what came of it
	 */
	@WriteOperation
	public ReloadDescriptor reload() {
		return this.reloader.request(ReloadTrigger.ACTUATOR)
			.thenApply(ReloadDescriptor::of)
			.completeOnTimeout(UNDER_WAY, LIMIT.toSeconds(), TimeUnit.SECONDS)
			.join();
	}

}
