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

import java.nio.charset.StandardCharsets;

import org.springframework.data.redis.connection.RedisConnection;

import io.github.healthstarter.time.TimeSource;

/**
 * Sets a key to the time and, if that is refused, finds out whether reads are answered.
 */
final class WriteProbe {

	private static final long EXPIRES_AFTER_SECONDS = 60;

	private final String key;

	private final byte[] rawKey;

	private final TimeSource time;

	WriteProbe(String key, TimeSource time) {
		this.key = key;
		this.rawKey = key.getBytes(StandardCharsets.UTF_8);
		this.time = time;
	}

	String permissions() {
		return "~" + this.key + " +setex +get";
	}

	// One key, which in a cluster is one slot and one master
	void write(RedisConnection connection) {
		try {
			byte[] value = this.time.instant().toString().getBytes(StandardCharsets.UTF_8);
			connection.stringCommands().setEx(this.rawKey, EXPIRES_AFTER_SECONDS, value);
		}
		catch (RuntimeException ex) {
			if (RedisFailure.of(ex, permissions()).writeRefused()) {
				connection.stringCommands().get(this.rawKey);
			}
			throw ex;
		}
	}

}
