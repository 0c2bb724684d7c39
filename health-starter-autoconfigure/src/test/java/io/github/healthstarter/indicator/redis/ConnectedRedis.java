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

import java.time.Duration;

import org.awaitility.Awaitility;
import org.springframework.boot.health.contributor.Health;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * A client that has been set up, and the indicators that ask through it.
 */
record ConnectedRedis(RedisConnectionFactory factory, Runnable end) implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	Health ping() {
		return new RedisIndicator(this.factory).health();
	}

	String pingError() {
		return String.valueOf(ping().getDetails().get("error"));
	}

	void awaitPing(String status) {
		Awaitility.await()
			.atMost(LIMIT)
			.pollDelay(Duration.ZERO)
			.until(() -> ping().getStatus().getCode(), status::equals);
	}

	@Override
	public void close() {
		this.end.run();
	}

}
