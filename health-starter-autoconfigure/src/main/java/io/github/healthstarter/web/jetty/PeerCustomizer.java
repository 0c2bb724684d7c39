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

package io.github.healthstarter.web.jetty;

import java.net.InetSocketAddress;
import java.util.stream.Stream;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.web.Peer;

/**
 * Notes the peer of a request ahead of {@link ForwardedRequestCustomizer}, which replaces
 * the address by what the request says about itself, and below the PROXY protocol, which
 * replaces it by what the connection says.
 */
public final class PeerCustomizer implements HttpConfiguration.Customizer {

	/**
	 * Add one to every connector of a server, ahead of all other customizers.
	 * @param server the server
	 */
	public static void addTo(Server server) {
		PeerCustomizer customizer = new PeerCustomizer();
		for (Connector connector : server.getConnectors()) {
			connector.getConnectionFactories()
				.stream()
				.filter(HttpConfiguration.ConnectionFactory.class::isInstance)
				.map(HttpConfiguration.ConnectionFactory.class::cast)
				.map(HttpConfiguration.ConnectionFactory::getHttpConfiguration)
				.filter((configuration) -> !configuration.getCustomizers().contains(customizer))
				.forEach((configuration) -> configuration.getCustomizers().add(0, customizer));
		}
	}

	@Override
	public Request customize(Request request, HttpFields.Mutable responseHeaders) {
		ForwardedRequestCustomizer forwarded = request.getConnectionMetaData()
			.getHttpConfiguration()
			.getCustomizer(ForwardedRequestCustomizer.class);
		String peer = peer(request);
		boolean connected = peer.equals(Request.getRemoteAddr(request));
		if (forwarded != null || !connected) {
			request.setAttribute(Peer.ATTRIBUTE, new Peer(peer, connected && !isForwarded(request, forwarded)));
		}
		return request;
	}

	private static String peer(Request request) {
		EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
		while (endPoint instanceof EndPoint.Wrapper wrapper) {
			endPoint = wrapper.unwrap();
		}
		return (endPoint.getRemoteSocketAddress() instanceof InetSocketAddress address) ? Request.getHostName(address)
				: Request.getRemoteAddr(request);
	}

	private static boolean isForwarded(Request request, @Nullable ForwardedRequestCustomizer forwarded) {
		return forwarded != null
				&& headers(forwarded).anyMatch((name) -> name != null && request.getHeaders().contains(name));
	}

	private static Stream<@Nullable String> headers(ForwardedRequestCustomizer forwarded) {
		return Stream.of(forwarded.getForwardedHeader(), forwarded.getForwardedForHeader(),
				forwarded.getForwardedHostHeader(), forwarded.getForwardedProtoHeader());
	}

}
