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

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Failures of a client without a reply of a server, known by the type of an exception or
 * by a part of its message. The first one that matches any of the causes counts.
 */
enum ClientError {

	NO_SUCH_MASTER("the sentinels know no such master: see spring.data.redis.sentinel.master",
			"cannot provide redisAddress using sentinel|seems to be not monitored"),

	NO_SENTINEL("no sentinel answers", "all sentinels down|cannot connect redis sentinel"),

	NO_SLOT("the cluster does not serve the slot of the key", "cannot determine a partition for slot"),

	UNKNOWN_HOST("the name of the host cannot be looked up", UnknownHostException.class),

	REFUSED("connection refused", "connection refused"),

	NOT_REACHED("cannot connect: no answer in time",
			"connect timed out|connection timed out|connection initialization timed out"),

	NO_ROUTE("cannot connect: no route to host", NoRouteToHostException.class),

	NOT_CONNECTED("cannot connect", ConnectException.class),

	POOL_EXHAUSTED("no connection of the pool is free", "timeout waiting for idle object|pool exhausted"),

	TIMED_OUT("command timed out", "command timed out|read timed out"),

	LOST("the connection was lost",
			"connection reset|broken pipe|unexpected end of stream|connection is closed|connection closed|closed prematurely");

	private final String reason;

	private final Class<?> type;

	private final Pattern message;

	ClientError(String reason, Class<? extends Exception> type) {
		this(reason, type, Pattern.compile("(?!)"));
	}

	ClientError(String reason, String message) {
		this(reason, Void.class, Pattern.compile(message, Pattern.CASE_INSENSITIVE));
	}

	ClientError(String reason, Class<?> type, Pattern message) {
		this.reason = reason;
		this.type = type;
		this.message = message;
	}

	String reason() {
		return this.reason;
	}

	static @Nullable ClientError among(List<Throwable> causes) {
		for (ClientError error : values()) {
			if (causes.stream().anyMatch(error::applies)) {
				return error;
			}
		}
		return null;
	}

	private boolean applies(Throwable cause) {
		return this.type.isInstance(cause) || this.message.matcher(String.valueOf(cause.getMessage())).find();
	}

}
