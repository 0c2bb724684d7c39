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

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Pool of Lettuce, which reports no load.
 *
 * @param factory the connection factory with the pool
 */
record LettuceClientPool(LettuceConnectionFactory factory) implements ClientPool {

	@Override
	public @Nullable Health checkUnpooled(Function<RedisConnection, Health> check) {
		if (!(this.factory.getNativeClient() instanceof RedisClient client)) {
			return null;
		}
		try (StatefulRedisConnection<byte[], byte[]> connection = connect(client)) {
			return (connection != null) ? check.apply(new LettuceConnection(connection,
					this.factory.getClientConfiguration().getCommandTimeout().toMillis(), client,
					this.factory.getDatabase())) : null;
		}
	}

	// For a master and replicas that are listed, the client has no address of its own
	private static @Nullable StatefulRedisConnection<byte[], byte[]> connect(RedisClient client) {
		try {
			return client.connect(ByteArrayCodec.INSTANCE);
		}
		catch (IllegalStateException ex) {
			return null;
		}
	}

}
