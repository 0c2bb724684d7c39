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

package io.github.healthstarter.testing;

import java.util.ArrayList;
import java.util.List;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Redis in a container. The port is the same inside and outside, because a Redis cluster
 * tells its clients the port that it listens on.
 */
final class ContainerRedis implements RedisBackend {

	static final String IMAGE = "redis:7.4-alpine";

	private static final String CONFIGURATION_FILE = "/tmp/redis.conf";

	private final GenericContainer<?> container;

	ContainerRedis(int port, List<String> configuration) {
		List<String> lines = new ArrayList<>(List.of("port " + port, "save \"\"", "protected-mode no",
				"enable-debug-command yes", "cluster-announce-ip 127.0.0.1"));
		lines.addAll(configuration);
		this.container = new GenericContainer<>(DockerImageName.parse(IMAGE))
			.withCopyToContainer(Transferable.of(String.join("\n", lines)), CONFIGURATION_FILE)
			.withCommand("redis-server", CONFIGURATION_FILE)
			.waitingFor(new NoWait());
		this.container.setPortBindings(List.of(port + ":" + port));
	}

	@Override
	public String host() {
		return this.container.getHost();
	}

	@Override
	public void start() {
		if (this.container.getContainerId() == null) {
			this.container.start();
		}
		else {
			client().startContainerCmd(this.container.getContainerId()).exec();
		}
	}

	@Override
	public void stop() {
		client().stopContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public void kill() {
		client().killContainerCmd(this.container.getContainerId()).exec();
	}

	@Override
	public boolean isRunning() {
		return this.container.isRunning();
	}

	@Override
	public String output() {
		return this.container.getLogs();
	}

	@Override
	public void dispose() {
		this.container.stop();
	}

	private DockerClient client() {
		return this.container.getDockerClient();
	}

	/**
	 * Leaves the waiting to {@link TestRedis}, which does it for restarts as well.
	 */
	private static final class NoWait extends AbstractWaitStrategy {

		@Override
		protected void waitUntilReady() {
		}

	}

}
