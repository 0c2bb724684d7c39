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
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.springframework.boot.health.contributor.Health;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.healthstarter.time.TimeSource;

/**
 * A client that has been set up, and the indicators that ask through it.
 */
record ConnectedRedis(RedisConnectionFactory factory, Runnable end) implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	static final String KEY = "health_probe";

	RedisIndicator indicator() {
		return indicator(this.factory, RedisValidation.Kind.PING);
	}

	static RedisIndicator indicator(RedisConnectionFactory factory, RedisValidation.Kind kind) {
		return new RedisIndicator(factory, new RedisValidation(kind, KEY), TimeSource.system(), Duration.ofSeconds(2));
	}

	Health ping() {
		return indicator().health();
	}

	String pingError() {
		return String.valueOf(ping().getDetails().get("error"));
	}

	Health write() {
		return indicator(this.factory, RedisValidation.Kind.WRITE).health();
	}

	void awaitPing(String status) {
		await(this::ping, status);
	}

	Health awaitWrite(String status) {
		return await(this::write, status);
	}

	private static Health await(Callable<Health> question, String status) {
		return Awaitility.await()
			.atMost(LIMIT)
			.pollDelay(Duration.ZERO)
			.until(question, (health) -> health.getStatus().getCode().equals(status));
	}

	@Override
	public void close() {
		this.end.run();
	}

}
