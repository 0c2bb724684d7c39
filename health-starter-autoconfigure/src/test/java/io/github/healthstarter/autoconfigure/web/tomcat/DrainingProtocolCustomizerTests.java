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

import java.time.Duration;
import java.util.function.Supplier;

import org.apache.coyote.ProtocolHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.tomcat.DrainingProtocol;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainingProtocolCustomizer}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DrainingProtocolCustomizerTests {

	private final TomcatWebServerFactory factory = new TomcatServletWebServerFactory();

	@Test
	void protocolIsThatOfAnInstanceThatGoesAway() {
		customizer(DrainingProtocol::new).customize(this.factory);
		assertThat(this.factory.getProtocol()).isEqualTo(DrainingProtocol.class.getName());
	}

	@Test
	void tomcatThatHasChangedInsideStartsWithItsOwnProtocol(CapturedOutput output) {
		customizer(() -> {
			throw new NoSuchMethodError("serverSocketAccept");
		}).customize(this.factory);
		assertThat(this.factory.getProtocol()).isEqualTo(TomcatWebServerFactory.DEFAULT_PROTOCOL);
		assertThat(output).containsOnlyOnce("Tomcat's internals have changed");
	}

	private static DrainingProtocolCustomizer customizer(Supplier<ProtocolHandler> trial) {
		return new DrainingProtocolCustomizer(
				new DrainHeaders(new Lifecycle(new ManualTime(), Duration.ZERO), () -> false), trial);
	}

}
