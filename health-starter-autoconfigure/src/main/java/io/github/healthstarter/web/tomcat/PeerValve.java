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

package io.github.healthstarter.web.tomcat;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.web.Peer;

/**
 * Notes the peer of a request ahead of {@link RemoteIpValve}, which replaces the address,
 * removes the header it was in, and marks each request from a private network as
 * forwarded whether or not it was.
 */
public final class PeerValve extends ValveBase {

	private final RemoteIpValve remoteIp;

	/**
	 * Create a valve, to be put ahead of another.
	 * @param remoteIp the valve that replaces the address
	 */
	public PeerValve(RemoteIpValve remoteIp) {
		super(true);
		this.remoteIp = remoteIp;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		boolean direct = !has(request, this.remoteIp.getRemoteIpHeader())
				&& !has(request, this.remoteIp.getProtocolHeader());
		request.setAttribute(Peer.ATTRIBUTE, new Peer(Objects.requireNonNullElse(request.getPeerAddr(), ""), direct,
				last(request, this.remoteIp.getRemoteIpHeader())));
		getNext().invoke(request, response);
	}

	private static @Nullable String last(Request request, @Nullable String header) {
		String last = null;
		Enumeration<String> values = (header != null) ? request.getHeaders(header) : Collections.emptyEnumeration();
		while (values.hasMoreElements()) {
			last = values.nextElement();
		}
		return last;
	}

	private static boolean has(Request request, @Nullable String header) {
		return header != null && request.getHeader(header) != null;
	}

}
