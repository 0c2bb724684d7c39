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

import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import org.springframework.data.redis.connection.ClusterInfo;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.lettuce.LettuceClusterConnection;

/**
 * Nodes of a cluster, as Lettuce knows them.
 */
final class LettuceNodes {

	private LettuceNodes() {
	}

	static List<ClusterNode> of(LettuceClusterConnection connection) {
		return connection.clusterGetNodes()
			.stream()
			.map((node) -> new ClusterNode(node.asString(), () -> query(connection, node)))
			.toList();
	}

	private static ClusterInfo query(LettuceClusterConnection connection, RedisClusterNode node) {
		String reply = connection.getClusterCommandExecutor()
			.executeCommandOnSingleNode((RedisClusterCommands<byte[], byte[]> commands) -> commands.clusterInfo(), node)
			.getRequiredValue();
		return ClusterNode.parse(reply);
	}

}
