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

package io.github.healthstarter.autoconfigure.instance;

import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.StartupAttempt;
import io.github.healthstarter.testing.WebServerChoice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnwatchedRequests}.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class UnwatchedRequestsTests {

	private static final String ENABLED = "health.liveness.signals.request-executor.enabled=true";

	private static final String WARNING = "'health.liveness.signals.request-executor' watches nothing: ";

	@Test
	void nothingIsSaidWhereTheThreadsOfTheServerAreWatched(CapturedOutput output) {
		StartupAttempt.onServlets(Application.class).start(ENABLED).close();
		StartupAttempt.onServlets(Application.class).start(ENABLED, WebServerChoice.JETTY).close();
		StartupAttempt.plain().start().close();
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void applicationWithoutAServerIsWarned(CapturedOutput output) {
		StartupAttempt.plain().start(ENABLED).close();
		assertThat(output.toString().split(WARNING + "it can watch the threads of a Tomcat or Jetty", -1)).hasSize(2);
	}

	@Test
	void applicationThatMakesItsServerIsWarned(CapturedOutput output) {
		StartupAttempt.onServlets(OwnFactory.class).start(ENABLED).close();
		assertThat(output).contains(WARNING + "requests are served by virtual threads, which", "or by a web server");
	}

	@Test
	void applicationOnVirtualThreadsIsWarned(CapturedOutput output) {
		StartupAttempt.onServlets(OnVirtualThreads.class).start(ENABLED).close();
		assertThat(output).contains(WARNING + "requests are served by virtual threads");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnFactory {

		@Bean
		TomcatServletWebServerFactory ownFactory() {
			return new TomcatServletWebServerFactory(0);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OnVirtualThreads {

		// There are none on Java 17
		@Bean
		TomcatConnectorCustomizer virtualThreads() {
			return (connector) -> connector.getProtocolHandler().setExecutor(Mockito.mock(VirtualThreadExecutor.class));
		}

	}

}
