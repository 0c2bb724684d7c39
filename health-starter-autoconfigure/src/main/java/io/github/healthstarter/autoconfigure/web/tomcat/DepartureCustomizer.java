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

import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.ProtocolHandler;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

import io.github.healthstarter.web.Departure;
import io.github.healthstarter.web.tomcat.DrainingProtocol;

/**
 * Has Tomcat leave no request without an answer when it stops, unless the application has
 * chosen a protocol of its own. A Tomcat that has changed inside keeps its own.
 */
final class DepartureCustomizer implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

	private static final Log logger = LogFactory.getLog(DepartureCustomizer.class);

	private final Departure departure;

	private final Supplier<ProtocolHandler> trial;

	DepartureCustomizer(Departure departure) {
		this(departure, DrainingProtocol::new);
	}

	DepartureCustomizer(Departure departure, Supplier<ProtocolHandler> trial) {
		this.departure = departure;
		this.trial = trial;
	}

	@Override
	public void customize(TomcatWebServerFactory factory) {
		if (!TomcatWebServerFactory.DEFAULT_PROTOCOL.equals(factory.getProtocol())) {
			return;
		}
		try {
			factory.setProtocol(this.trial.get().getClass().getName());
		}
		catch (LinkageError ex) {
			logger.warn("This Tomcat has changed inside: where it stops, a late request may get no answer", ex);
			return;
		}
		factory.addProtocolHandlerCustomizers(this::customize);
	}

	private void customize(ProtocolHandler protocol) {
		if (protocol instanceof DrainingProtocol draining) {
			draining.setDeparture(this.departure);
		}
	}

}
