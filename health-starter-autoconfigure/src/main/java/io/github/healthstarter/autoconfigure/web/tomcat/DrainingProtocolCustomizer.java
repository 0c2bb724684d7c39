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

import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.tomcat.DrainingProtocol;

/**
 * Sets the {@link DrainingProtocol}, unless the application has chosen a protocol of its
 * own. A Tomcat whose internals have changed keeps its own as well.
 */
final class DrainingProtocolCustomizer implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

	private static final Log logger = LogFactory.getLog(DrainingProtocolCustomizer.class);

	private final DrainHeaders drainHeaders;

	private final Supplier<ProtocolHandler> trial;

	DrainingProtocolCustomizer(DrainHeaders drainHeaders) {
		this(drainHeaders, DrainingProtocol::new);
	}

	DrainingProtocolCustomizer(DrainHeaders drainHeaders, Supplier<ProtocolHandler> trial) {
		this.drainHeaders = drainHeaders;
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
			logger.warn("Tomcat's internals have changed; requests that arrive during shutdown may be dropped", ex);
			return;
		}
		factory.addProtocolHandlerCustomizers(this::customize);
	}

	private void customize(ProtocolHandler protocol) {
		if (protocol instanceof DrainingProtocol draining) {
			draining.setDrainHeaders(this.drainHeaders);
		}
	}

}
