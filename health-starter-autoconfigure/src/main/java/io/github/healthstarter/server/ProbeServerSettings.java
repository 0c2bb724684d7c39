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

package io.github.healthstarter.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Settings of the probe server: its address, and its limits.
 *
 * @param address the address to listen on, {@code null} for all
 * @param port the port to listen on, 0 for any that is free
 * @param maxConnections how many connections may be open at once, if the process may open
 * four times as many files
 * @param maxConnectionsPerClient how many of them one client may have: an IPv4 address or
 * a /64 network of IPv6
 * @param requestTimeout how long a request may take to arrive, and an answer to be taken
 * @param idleTimeout how long a connection may be open between two requests
 */
public record ProbeServerSettings(@Nullable InetAddress address, int port, int maxConnections,
		int maxConnectionsPerClient, Duration requestTimeout, Duration idleTimeout) {

	public ProbeServerSettings {
		Assert.isTrue(port >= 0 && port <= 65535, "'port' must be from 0 to 65535");
		Assert.isTrue(maxConnections > 0, "'maxConnections' must be positive");
		Assert.isTrue(maxConnectionsPerClient > 0, "'maxConnectionsPerClient' must be positive");
		Assert.isTrue(requestTimeout.toNanos() > 0, "'requestTimeout' must be positive");
		Assert.isTrue(idleTimeout.toNanos() > 0, "'idleTimeout' must be positive");
	}

	InetSocketAddress socketAddress() {
		return (this.address != null) ? new InetSocketAddress(this.address, this.port)
				: new InetSocketAddress(this.port);
	}

	/**
	 * Return these settings with another port.
	 * @param port the port to listen on, 0 for any that is free
	 * @return the settings
	 */
	public ProbeServerSettings withPort(int port) {
		return new ProbeServerSettings(this.address, port, this.maxConnections, this.maxConnectionsPerClient,
				this.requestTimeout, this.idleTimeout);
	}

}
