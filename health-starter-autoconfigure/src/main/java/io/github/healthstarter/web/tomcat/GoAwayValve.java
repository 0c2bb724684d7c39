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

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

import io.github.healthstarter.drain.RequestLoad;
import io.github.healthstarter.web.Departure;

/**
 * Tells clients of HTTP/2 that ask an instance which is going away to use other
 * connections: that protocol has no header for it. Not while a request is under way,
 * because some clients, such as that of the JDK before version 24, give up what they wait
 * for when they are told.
 */
public final class GoAwayValve extends ValveBase {

	private final Departure departure;

	private final RequestLoad requests;

	/**
	 * Create a valve.
	 * @param departure tells whether the instance is going away
	 * @param requests tells what is under way
	 */
	public GoAwayValve(Departure departure, RequestLoad requests) {
		super(true);
		this.departure = departure;
		this.requests = requests;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		getNext().invoke(request, response);
		if (this.departure.isUnderWay() && request.getProtocol().startsWith("HTTP/2") && !request.isAsync()
				&& request.getConnector().getProtocolHandler() instanceof DrainingProtocol protocol) {
			response.finishResponse();
			if (this.requests.inFlight() == 0) {
				protocol.goAway();
			}
		}
	}

}
