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

package io.github.healthstarter.autoconfigure.web.tomcat;

import org.apache.coyote.ProtocolHandler;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

import io.github.healthstarter.web.Departure;
import io.github.healthstarter.web.tomcat.DrainingProtocol;

/**
 * Has Tomcat leave no request without an answer when it stops, unless the application has
 * chosen a protocol of its own.
 */
final class DepartureCustomizer implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

	private final Departure departure;

	DepartureCustomizer(Departure departure) {
		this.departure = departure;
	}

	@Override
	public void customize(TomcatWebServerFactory factory) {
		if (!TomcatWebServerFactory.DEFAULT_PROTOCOL.equals(factory.getProtocol())) {
			return;
		}
		factory.setProtocol(DrainingProtocol.class.getName());
		factory.addProtocolHandlerCustomizers(this::customize);
	}

	private void customize(ProtocolHandler protocol) {
		if (protocol instanceof DrainingProtocol draining) {
			draining.setDeparture(this.departure);
		}
	}

}
