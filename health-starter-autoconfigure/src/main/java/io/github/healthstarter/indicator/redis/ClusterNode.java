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

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.ClusterInfo;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.jedis.JedisClusterConnection;
import org.springframework.data.redis.connection.lettuce.LettuceClusterConnection;

/**
 * Node of a cluster, which knows the state of the cluster.
 *
 * @param name the address of the node
 * @param query the query of the state, which blocks as long as the client does
 */
record ClusterNode(String name, Supplier<@Nullable ClusterInfo> query) {

	// The types of a client are named in a class that is loaded only with that client
	static List<ClusterNode> of(RedisClusterConnection connection) {
		if (connection instanceof LettuceClusterConnection lettuce) {
			return LettuceNodes.of(lettuce);
		}
		// Its own method returns another type in each line of Spring Data
		if (connection instanceof JedisClusterConnection) {
			return JedisNodes.of(connection.getNativeConnection());
		}
		return List.of(new ClusterNode("any", connection::clusterGetClusterInfo));
	}

	static ClusterInfo parse(String reply) {
		Properties lines = new Properties();
		try {
			lines.load(new StringReader(reply));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new ClusterInfo(lines);
	}

}
