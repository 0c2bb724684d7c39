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
import java.util.Map;

import org.springframework.data.redis.connection.ClusterInfo;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.RedisClusterClient;

/**
 * Nodes of a cluster, as Jedis knows them.
 */
final class JedisNodes {

	private JedisNodes() {
	}

	static List<ClusterNode> of(Object client) {
		return pools(client).entrySet()
			.stream()
			.map((node) -> new ClusterNode(node.getKey(), () -> query(node.getValue())))
			.toList();
	}

	// The older client comes first: with it, the newer one may be absent
	@SuppressWarnings("deprecation")
	private static Map<String, ConnectionPool> pools(Object client) {
		return (client instanceof JedisCluster cluster) ? cluster.getClusterNodes()
				: ((RedisClusterClient) client).getClusterNodes();
	}

	private static ClusterInfo query(ConnectionPool pool) {
		try (Jedis jedis = new Jedis(pool.getResource())) {
			return ClusterNode.parse(jedis.clusterInfo());
		}
	}

}
