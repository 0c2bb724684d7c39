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

package io.github.healthstarter.autoconfigure.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.Mockito;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.server.ApplicationProbeServer;
import io.github.healthstarter.autoconfigure.server.ProbeServerFactory;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ManualInstance;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link ApplicationInstance}.
 */
@Timeout(120)
class ApplicationInstanceTests {

	private final HealthInstance health = Mockito.mock(HealthInstance.class);

	private final ApplicationInstance instance = new ApplicationInstance(this.health);

	private final GenericApplicationContext context = new GenericApplicationContext();

	@Test
	void failureIsReportedByTheProbeServer() throws IOException {
		int port = freePort();
		ApplicationInstance instance = create(port, Application.class);
		instance.failed(null, true);
		assertThat(state(port)).isEqualTo("starting");
		ApplicationInstance next = create(port, Other.class);
		assertThat(state(port)).as("another application on the same port").isEqualTo("starting");
		next.close();
		assertIsFree(port);
	}

	@Test
	void failureWithAServerThatCannotListenIsNotTheOneThatStays() throws IOException {
		create(0, Application.class, "health.server.ssl.bundle=missing").failed(null, true);
		assertThatNextFailureIsReported();
	}

	@Test
	void failureWithAServerThatIsClosedIsNotTheOneThatStays() throws IOException {
		ApplicationInstance closed = create(0, Application.class);
		closed.close();
		closed.failed(null, true);
		assertThatNextFailureIsReported();
	}

	@Test
	void failureThatNobodyWantsClosesTheServer() throws IOException {
		int port = freePort();
		create(port, Application.class).failed(null, false);
		assertIsFree(port);
		assertThatNextFailureIsReported();
	}

	@Test
	void failureBeforeTheContextIsRefreshedClosesTheInstance() {
		this.instance.follow(this.context);
		this.instance.failed(this.context, false);
		Mockito.verify(this.health).close();
	}

	@Test
	void failureWhileTheContextIsRefreshedClosesTheInstance() {
		this.instance.follow(this.context);
		this.context.registerBean("failing", Object.class, () -> {
			throw new IllegalStateException("made to fail");
		});
		assertThatThrownBy(this.context::refresh).hasRootCauseMessage("made to fail");
		Mockito.verify(this.health, Mockito.never()).close();
		this.instance.failed(this.context, false);
		Mockito.verify(this.health).close();
	}

	@Test
	void failureAfterTheContextIsRefreshedLetsTheInstanceEndWithIt() {
		this.instance.follow(this.context);
		this.context.refresh();
		this.instance.failed(this.context, false);
		Mockito.verify(this.health, Mockito.never()).close();
		this.context.close();
		Mockito.verify(this.health).close();
	}

	@Test
	void instanceThatNothingIsAttachedToIsClosedOnce() {
		this.instance.follow(this.context);
		this.context.refresh();
		this.instance.started(this.context);
		Mockito.verify(this.health).close();
		this.context.close();
		Mockito.verify(this.health).close();
	}

	private static void assertThatNextFailureIsReported() throws IOException {
		int port = freePort();
		create(port, Other.class).failed(null, true);
		assertThat(state(port)).as("still served").isEqualTo("starting");
		create(port, Other.class).close();
		assertIsFree(port);
	}

	private static Object state(int port) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask("GET", "/readyz").json().get("state");
		}
	}

	private static void assertIsFree(int port) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close());
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static ApplicationInstance create(int port, Class<?> application, String... properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(source(port, properties));
		HealthInstance health = ManualInstance.create(new ManualTime(), AccessRules.LOOPBACK, DrainSettings.DEFAULT);
		ApplicationInstance instance = new ApplicationInstance(health);
		ProbeServerFactory servers = new ProbeServerFactory(new SpringApplication(application), environment);
		HealthProperties bound = HealthProperties.bind(environment);
		ApplicationProbeServer server = servers.create(health, bound);
		assertThat(server).isNotNull();
		ApplicationInstance.supersede(server);
		instance.serve(server);
		servers.listen(server, bound);
		assertThat(server.isListening()).isEqualTo(properties.length == 0);
		return instance;
	}

	private static MapPropertySource source(int port, String... properties) {
		Map<String, Object> values = new HashMap<>(Map.of("health.server.port", port));
		for (String property : properties) {
			int separator = property.indexOf('=');
			values.put(property.substring(0, separator), property.substring(separator + 1));
		}
		return new MapPropertySource("test", values);
	}

	static class Application {

	}

	static class Other {

	}

}
