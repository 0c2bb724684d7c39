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

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.indicator.pool.NoConnectionException;
import io.github.healthstarter.indicator.pool.NoConnectionException.Reason;
import io.github.healthstarter.text.TextLine;

/**
 * Failure of a client, or refusal of a server.
 *
 * @param reason the reason, in a few words
 * @param writeRefused whether writes alone may be refused
 */
record RedisFailure(String reason, boolean writeRefused) {

	private static final int MAX_CAUSES = 50;

	private static final int MAX_TEXT = 140;

	/**
	 * An error reply of Redis begins with a code, such as {@code ERR}.
	 */
	private static final Pattern ERROR_REPLY = Pattern.compile("[A-Z]{3,} ");

	// The wrapping of the exception that matters depends on the client
	static RedisFailure of(RuntimeException thrown, String permissions) {
		List<Throwable> causes = causes(thrown);
		RedisReply reply = RedisReply.among(causes);
		if (reply == RedisReply.NO_PERMISSION) {
			return new RedisFailure("the user lacks a permission: ACL SETUSER <user> " + permissions, false);
		}
		if (reply != null) {
			return new RedisFailure(reply.reason(), reply.isWriteRefused());
		}
		ClientError error = ClientError.among(causes);
		return new RedisFailure((error != null) ? error.reason() : describe(causes), false);
	}

	/**
	 * Return the result for a server that has failed in this way.
	 * @return read-only or down
	 * @throws NoConnectionException if no server has failed, but a connection is missing
	 */
	Health toHealth() {
		if (ClientError.POOL_EXHAUSTED.reason().equals(this.reason)) {
			throw new NoConnectionException(Reason.POOL_TIMEOUT, this.reason, null);
		}
		if (RedisReply.TOO_MANY_CLIENTS.reason().equals(this.reason)) {
			throw new NoConnectionException(Reason.CONNECTION_LIMIT, this.reason, null);
		}
		return (this.writeRefused ? Health.status("READ_ONLY") : Health.down()).withDetail("error", this.reason)
			.build();
	}

	private static List<Throwable> causes(Throwable thrown) {
		List<Throwable> causes = new ArrayList<>(List.of(thrown));
		for (int i = 0; i < causes.size(); i++) {
			Throwable each = causes.get(i);
			add(causes, each.getCause());
			for (Throwable suppressed : each.getSuppressed()) {
				add(causes, suppressed);
			}
		}
		return causes;
	}

	private static void add(List<Throwable> causes, @Nullable Throwable cause) {
		if (cause != null && causes.size() < MAX_CAUSES && causes.stream().noneMatch((known) -> known == cause)) {
			causes.add(cause);
		}
	}

	private static String describe(List<Throwable> causes) {
		Throwable thrown = causes.get(0);
		Throwable root = thrown;
		for (int i = 0; i < MAX_CAUSES && root.getCause() != null; i++) {
			root = root.getCause();
		}
		String message = root.getMessage();
		if (message != null && ERROR_REPLY.matcher(message).lookingAt()) {
			return shorten(message);
		}
		return (root != thrown) ? "%s (%s)".formatted(shorten(thrown.toString()), shorten(root.toString()))
				: shorten(thrown.toString());
	}

	private static String shorten(String text) {
		return TextLine.abbreviate(text, MAX_TEXT);
	}

}
