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

package io.github.healthstarter.indicator.redis;

import java.util.function.Function;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.data.redis.connection.RedisConnection;

/**
 * Asks outside a pool that is exhausted, so that it is told apart from a server that is
 * gone. To take instances out of traffic would make an exhausted pool worse.
 *
 * @param pool the pool
 * @param permissions what the question needs
 */
record PoolBypass(ClientPool pool, String permissions) {

	Health ask(String shortage, Function<RedisConnection, Health> question) {
		try {
			Health health = this.pool.askOutside(question);
			return (health == null || Status.UP.equals(health.getStatus())) ? degraded(shortage).build() : health;
		}
		catch (RuntimeException ex) {
			RedisFailure failure = RedisFailure.of(ex, this.permissions);
			if (failure.isTooManyClients()) {
				return degraded(shortage + "; " + failure.reason()).build();
			}
			return failure.writeRefused() ? failure.toHealth().build()
					: Health.down().withDetail("error", failure.reason() + "; " + shortage).build();
		}
	}

	static Health.Builder degraded(String error) {
		return Health.status("DEGRADED").withDetail("error", error);
	}

}
