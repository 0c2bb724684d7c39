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

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.NoSuchElementException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.redis.RedisSystemException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisFailure}, with what servers and clients of other versions say;
 * the real ones answer in {@link RedisReasonTests}.
 */
class RedisFailureTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					LOADING Redis is loading the dataset in memory | loading its data set
					NOAUTH Authentication required. | authentication is required: set spring.data.redis.password
					WRONGPASS invalid username-password pair or user is disabled. | the password, or the user name, is wrong
					ERR invalid password | the password is wrong
					ERR Client sent AUTH, but no password is set | a password is given and the server has none: remove spring.data.redis.password
					NOPERM this user has no permissions to run the 'ping' command | the user lacks a permission: ACL SETUSER <user> +ping
					DENIED Redis is running in protected mode | in protected mode, the server takes connections from its own host alone
					ERR max number of clients reached | the server takes no more connections: maxclients is reached
					ERR max number of clients + cluster connections reached | the server takes no more connections: maxclients is reached
					CLUSTERDOWN The cluster is down | the cluster is down
					MASTERDOWN Link with MASTER is down | a replica without its master that serves no stale data
					BUSY Redis is busy running a script. | busy with a script that has run for too long
					ERR No such master with that name | the sentinels know no such master: see spring.data.redis.sentinel.master
					ERR something new at 10.0.0.1 | ERR something new at 10.0.0.1
					""")
	void replyHasItsReason(String reply, String reason) {
		assertThat(failure(new IllegalStateException(reply))).isEqualTo(new RedisFailure(reason, false));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					READONLY You can't write against a read only replica. | a replica: writes are refused
					MISCONF Redis is configured to save RDB snapshots | writes are refused: the server cannot save its data
					NOREPLICAS Not enough good replicas to write. | writes are refused: fewer replicas than min-replicas-to-write
					OOM command not allowed when used memory > 'maxmemory'. | writes are refused: maxmemory is reached
					""")
	void replyToAWriteMayLeaveReads(String reply, String reason) {
		assertThat(failure(new IllegalStateException(reply))).isEqualTo(new RedisFailure(reason, true));
	}

	@Test
	void errorOfTheClientHasItsReason() {
		assertThat(reason(new UnknownHostException("redis.internal")))
			.isEqualTo("the name of the host cannot be looked up");
		assertThat(reason(new ConnectException("Connection refused: /10.0.0.1:6379"))).isEqualTo("connection refused");
		assertThat(reason(new ConnectException("Network is unreachable"))).isEqualTo("cannot connect");
		assertThat(reason(new NoRouteToHostException("No route to host")))
			.isEqualTo("cannot connect: no route to host");
		assertThat(reason(new SocketTimeoutException("Connect timed out")))
			.isEqualTo("cannot connect: no answer in time");
		assertThat(reason(new SocketTimeoutException("Read timed out"))).isEqualTo("command timed out");
		assertThat(reason(new NoSuchElementException("Timeout waiting for idle object, borrowMaxWaitDuration=PT1S")))
			.isEqualTo("no connection of the pool is free");
		assertThat(reason(new EOFException("Unexpected end of stream."))).isEqualTo("the connection was lost");
		assertThat(reason(new IllegalStateException("All sentinels down, cannot determine where is main master")))
			.isEqualTo("no sentinel answers");
		assertThat(reason(new IllegalStateException("Cannot determine a partition for slot 4832.")))
			.isEqualTo("the cluster does not serve the slot of the key");
	}

	@Test
	void replyCountsForMoreThanWhatTheClientMadeOfIt() {
		ConnectException first = new ConnectException("Connection refused");
		first.addSuppressed(new IllegalStateException("LOADING Redis is loading the dataset in memory"));
		assertThat(reason(first)).isEqualTo("loading its data set");
	}

	@Test
	void unknownErrorIsToldWithItsRootCauseAndBounded() {
		assertThat(reason(new IllegalStateException("x".repeat(1000))))
			.startsWith(
					"org.springframework.data.redis.RedisSystemException: Unknown (java.lang.IllegalStateException: xx")
			.hasSizeLessThan(300);
		assertThat(failure("ERR " + "x".repeat(1000)).reason()).hasSizeLessThan(150);
	}

	@Test
	void causesThatGoInCirclesComeToAnEnd() {
		IllegalStateException one = new IllegalStateException("one");
		one.initCause(new IllegalArgumentException("two", one));
		assertThat(reason(one)).startsWith("org.springframework.data.redis.RedisSystemException: Unknown (");
	}

	@Test
	void causesThatAreManyComeToAnEnd() {
		IllegalStateException one = new IllegalStateException("one");
		Arrays.stream(new int[10_000]).forEach((i) -> one.addSuppressed(new IllegalStateException()));
		assertThat(reason(one)).endsWith("(java.lang.IllegalStateException: one)");
	}

	private static RedisFailure failure(String message) {
		return RedisFailure.of(new IllegalStateException(message), "+ping");
	}

	private static RedisFailure failure(Exception cause) {
		return RedisFailure.of(new RedisSystemException("Unknown", cause), "+ping");
	}

	private static String reason(Exception cause) {
		return failure(cause).reason();
	}

}
