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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Error replies of Redis, known by their beginning. Each has a reason of its own, which
 * names no host and no user.
 */
enum RedisReply {

	LOADING("LOADING ", "loading its data set"),

	NO_AUTHENTICATION("NOAUTH ", "authentication is required: set spring.data.redis.password"),

	WRONG_PASSWORD("WRONGPASS ", "the password, or the user name, is wrong"),

	INVALID_PASSWORD("ERR invalid password", "the password is wrong"),

	NO_PASSWORD_SET("ERR Client sent AUTH, but no password is set",
			"a password is given and the server has none: remove spring.data.redis.password"),

	NO_PASSWORD_CONFIGURED("ERR AUTH <password> called without any password",
			"a password is given and the server has none: remove spring.data.redis.password"),

	NO_PERMISSION("NOPERM ", "the user lacks a permission"),

	PROTECTED("DENIED ", "in protected mode, the server takes connections from its own host alone"),

	TOO_MANY_CLIENTS("ERR max number of clients", "the server takes no more connections: maxclients is reached"),

	CLUSTER_DOWN("CLUSTERDOWN ", "the cluster is down"),

	MASTER_DOWN("MASTERDOWN ", "a replica without its master that serves no stale data"),

	BUSY("BUSY ", "busy with a script that has run for too long"),

	NO_SUCH_MASTER("ERR No such master", "the sentinels know no such master: see spring.data.redis.sentinel.master"),

	REPLICA("READONLY ", "a replica: writes are refused"),

	NOT_PERSISTENT("MISCONF ", "writes are refused: the server cannot save its data"),

	TOO_FEW_REPLICAS("NOREPLICAS ", "writes are refused: fewer replicas than min-replicas-to-write"),

	OUT_OF_MEMORY("OOM ", "writes are refused: maxmemory is reached");

	private final String beginning;

	private final String reason;

	RedisReply(String beginning, String reason) {
		this.beginning = beginning;
		this.reason = reason;
	}

	String reason() {
		return this.reason;
	}

	// Reads may still be answered
	boolean isWriteRefused() {
		return compareTo(REPLICA) >= 0;
	}

	static @Nullable RedisReply among(List<Throwable> causes) {
		for (Throwable cause : causes) {
			String message = String.valueOf(cause.getMessage());
			for (RedisReply reply : values()) {
				if (message.startsWith(reply.beginning)) {
					return reply;
				}
			}
		}
		return null;
	}

}
