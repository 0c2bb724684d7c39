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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import io.github.healthstarter.reload.ReloadResult;

/**
 * What the endpoint tells of a reload.
 *
 * @param outcome {@code reloaded}, {@code failed} or {@code under_way}
 * @param reason why it has failed
 * @param tookMillis how long it took, in milliseconds
 */
record ReloadDescriptor(String outcome, @Nullable String reason,
		@Nullable Long tookMillis) implements OperationResponseBody {

	static ReloadDescriptor of(ReloadResult result) {
		return new ReloadDescriptor((result.failure() != null) ? "failed" : "reloaded", result.failure(),
				result.took().toMillis());
	}

}
