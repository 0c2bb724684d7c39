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

package io.github.healthstarter.test;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;

/**
 * A result that a check shows instead of its own, which no threshold delays.
 *
 * @param status any status but {@link CheckStatus#PENDING}
 * @param error the error, {@code null} for none
 * @param original what the check runs otherwise
 * @param before the state that it had before it was overridden
 */
record OverriddenResult(CheckStatus status, @Nullable String error, CheckDefinition original,
		CheckState before) implements HealthIndicator {

	// However busy the machine that runs the test is
	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	static OverriddenResult of(CheckDefinition definition, CheckState state, CheckStatus status,
			@Nullable String error) {
		return (definition.indicator() instanceof OverriddenResult other)
				? new OverriddenResult(status, error, other.original, other.before)
				: new OverriddenResult(status, error, definition, state);
	}

	CheckDefinition definition() {
		CheckPolicy policy = this.original.policy()
			.withTimeout(TIMEOUT)
			.withFailureThreshold(1)
			.withSuccessThreshold(1);
		return new CheckDefinition(this.original.name(), this.original.dependency(), this, policy);
	}

	@Override
	public Health health() {
		Health.Builder health = Health.status(this.status.name());
		return ((this.error != null) ? health.withDetail("error", this.error) : health).build();
	}

}
