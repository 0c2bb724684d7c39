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

package io.github.healthstarter.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.instance.HealthInstance;

import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A whole application on a real server, and the client that asks it over HTTP.
 */
public final class ProbedApplication implements AutoCloseable {

	/**
	 * Lets each result of a check follow the one before at once, and leaves out what is
	 * not the application's own.
	 */
	private static final String[] DEFAULTS = { "server.port=0", "server.shutdown=immediate",
			"spring.main.banner-mode=off", "management.health.diskspace.enabled=false",
			"management.health.ping.enabled=false", "management.health.ssl.enabled=false",
			"health.check-defaults.interval=50ms", "health.check-defaults.informational-interval=50ms",
			"health.check-defaults.retry-interval=20ms", "health.check-defaults.timeout=30s",
			"health.drain.max-wait=0s" };

	private final ConfigurableApplicationContext context;

	private final int port;

	private ProbedApplication(ConfigurableApplicationContext context) {
		this.context = context;
		this.port = port(context);
	}

	/**
	 * Returns the port that an application listens on.
	 * @param context its context, the server started
	 * @return the port
	 */
	public static int port(ApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	/**
	 * Starts an application with checks that run every 50 ms unless a property says
	 * otherwise.
	 * @param application the application
	 * @param properties such as {@code health.access.token=secret}
	 * @return the application, its runners done
	 */
	public static ProbedApplication start(SpringApplicationBuilder application, String... properties) {
		String[] arguments = Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new);
		return new ProbedApplication(application.properties(DEFAULTS).registerShutdownHook(false).run(arguments));
	}

	/**
	 * Starts an application on a servlet container and waits until it is running.
	 * @param source its configuration class
	 * @param properties such as {@code health.access.token=secret}
	 * @return the application
	 */
	public static ProbedApplication onServlets(Class<?> source, String... properties) {
		return startRunning(new SpringApplicationBuilder(source).web(WebApplicationType.SERVLET), properties);
	}

	/**
	 * Starts an application on Reactor Netty and waits until it is running.
	 * @param source its configuration class
	 * @param properties such as {@code health.access.token=secret}
	 * @return the application
	 */
	public static ProbedApplication onReactorNetty(Class<?> source, String... properties) {
		return startRunning(ReactorNettyConfiguration.application(source), properties);
	}

	private static ProbedApplication startRunning(SpringApplicationBuilder builder, String... properties) {
		ProbedApplication application = start(builder, properties);
		application.await()
			.until(() -> application.bean(HealthInstance.class).health().snapshot().state(),
					HealthState.RUNNING::equals);
		return application;
	}

	/**
	 * Returns the port that the application listens on.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Opens a connection.
	 * @return the connection, for the caller to close
	 */
	public HttpConnection connect() {
		return HttpConnection.to(this.port);
	}

	/**
	 * Asks on a connection of its own.
	 * @param method the method
	 * @param target the target
	 * @param headers lines such as {@code Accept: text/plain}
	 * @return the answer
	 */
	public HttpAnswer ask(String method, String target, String... headers) {
		try (HttpConnection connection = connect()) {
			return connection.ask(method, target, headers);
		}
	}

	/**
	 * Asks with {@code GET} on a connection of its own.
	 * @param target the target
	 * @param headers lines such as {@code Accept: text/plain}
	 * @return the answer
	 */
	public HttpAnswer get(String target, String... headers) {
		return ask("GET", target, headers);
	}

	/**
	 * Asks the application itself, whichever port it is that probes are asked on.
	 * @param method the method
	 * @param target the target
	 * @param headers lines such as {@code Accept: text/plain}
	 * @return the answer
	 */
	public HttpAnswer askApplication(String method, String target, String... headers) {
		try (HttpConnection connection = connectToApplication()) {
			return connection.ask(method, target, headers);
		}
	}

	/**
	 * Opens a connection to the application itself, whichever port it is that probes are
	 * asked on.
	 * @return the connection, for the caller to close
	 */
	public HttpConnection connectToApplication() {
		WebServer server = Objects.requireNonNull(((WebServerApplicationContext) this.context).getWebServer());
		return HttpConnection.to(server.getPort());
	}

	/**
	 * Waits until readiness shows a state.
	 * @param state the state's label
	 */
	public void awaitState(String state) {
		await().until(() -> get("/readyz").json().get("state"), state::equals);
	}

	/**
	 * Waits until the application, which is being closed, takes no more connections.
	 */
	public void awaitListenerClosed() {
		await().untilAsserted(() -> assertThatException().isThrownBy(() -> connect().close()));
	}

	/**
	 * Begins to wait, for ten seconds at the most.
	 * @return what to wait with
	 */
	public ConditionFactory await() {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20));
	}

	/**
	 * Returns the indicator of a check.
	 * @param check the check's name
	 * @return the bean
	 */
	public SwitchableIndicator indicator(String check) {
		return this.context.getBean(check + "HealthIndicator", SwitchableIndicator.class);
	}

	/**
	 * Returns a bean of the application.
	 * @param type its type
	 * @param <T> its type
	 * @return the bean
	 */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Has something done as soon as the context has begun to be closed and the drain is
	 * over, before anything in it is.
	 * @param task what is done
	 */
	public void onClosed(Runnable task) {
		this.context.addApplicationListener((ContextClosedEvent event) -> task.run());
	}

	/**
	 * Publishes a state as an application does.
	 * @param state the state
	 */
	public void publish(AvailabilityState state) {
		AvailabilityChangeEvent.publish(this.context, state);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
