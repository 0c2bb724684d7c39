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

package io.github.healthstarter.autoconfigure;

import java.net.InetAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

import io.github.healthstarter.server.ProbeServerSettings;

/**
 * The probe server, a listener of its own for probes and administration.
 *
 * @param port Port of the probe server. There is none unless this is set; 0 takes any
 * port that is free.
 * @param address Address that the probe server listens on, all unless set.
 * @param metrics Whether the probe server answers /metrics with the Prometheus scrape.
 * @param ssl the encryption of its connections
 * @param maxConnections How many connections to the probe server may be open at once.
 * @param maxConnectionsPerClient How many of them one client may have, an IPv4 address or
 * a /64 network of IPv6.
 * @param requestTimeout How long a request may take to arrive, and an answer to be taken.
 * @param idleTimeout How long a connection may be open between two requests.
 */
public record ServerProperties(@Nullable Integer port, @Nullable InetAddress address,
		@DefaultValue("false") boolean metrics, @DefaultValue Ssl ssl, @DefaultValue("512") int maxConnections,
		@DefaultValue("64") int maxConnectionsPerClient, @DefaultValue("5s") Duration requestTimeout,
		@DefaultValue("60s") Duration idleTimeout) {

	static final ServerProperties DEFAULT = new ServerProperties(null, null, false, new Ssl(null), 512, 64,
			Duration.ofSeconds(5), Duration.ofSeconds(60));

	private static final int MAX_PORT = 65535;

	public ServerProperties {
		if (port != null && (port < 0 || port > MAX_PORT)) {
			throw new InvalidPropertyException("health.server.port", port, "is no port.",
					"Set it to a port from 1 to 65535, to 0 for any that is free, or leave it out.");
		}
		PropertyRules.atLeastOne("health.server.max-connections", maxConnections);
		PropertyRules.atLeastOne("health.server.max-connections-per-client", maxConnectionsPerClient);
		PropertyRules.positive("health.server.request-timeout", requestTimeout);
		PropertyRules.positive("health.server.idle-timeout", idleTimeout);
	}

	/**
	 * Return where the probe server listens, and its limits.
	 * @return the settings, {@code null} if there is no probe server
	 */
	public @Nullable ProbeServerSettings settings() {
		return (this.port != null) ? new ProbeServerSettings(this.address, this.port, this.maxConnections,
				this.maxConnectionsPerClient, this.requestTimeout, this.idleTimeout) : null;
	}

	/**
	 * The encryption of connections.
	 *
	 * @param bundle Name of the SSL bundle, of those under spring.ssl.bundle, with the
	 * probe server's certificate; without one it is asked in plain text.
	 */
	public record Ssl(@Nullable String bundle) {

		public Ssl {
			bundle = StringUtils.hasText(bundle) ? bundle : null;
		}

	}

}
