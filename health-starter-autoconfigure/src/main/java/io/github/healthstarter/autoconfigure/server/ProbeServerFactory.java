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

package io.github.healthstarter.autoconfigure.server;

import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.autoconfigure.EarlyProperty;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.autoconfigure.TestEnvironment;
import io.github.healthstarter.autoconfigure.web.ContractFactory;
import io.github.healthstarter.autoconfigure.web.WebType;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.metrics.ScrapeRoute;
import io.github.healthstarter.server.ProbeServerSettings;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.Route;

/**
 * Creates the probe server of an application that is to have one. In Spring Boot's tests
 * it follows the web server: a random port if that has one, none if there is no web
 * server.
 */
public final class ProbeServerFactory {

	private static final Log logger = LogFactory.getLog(ProbeServerFactory.class);

	/**
	 * The property that asks for a probe server.
	 */
	public static final String PORT = "health.server.port";

	private static final String WEB_SERVER_CONTEXT = "org.springframework.boot.web.server.context.WebServerApplicationContext";

	private static final String DEPLOYMENT = "org.springframework.boot.web.servlet.support.ServletContextApplicationContextInitializer";

	private static final String NETTY = "io.netty.handler.codec.http.HttpServerCodec";

	private static final String PROMETHEUS = "io.micrometer.prometheusmetrics.PrometheusMeterRegistry";

	private static final int UNKNOWN_PORT = -1;

	private final SpringApplication application;

	private final ConfigurableEnvironment environment;

	/**
	 * Create a factory.
	 * @param application the application that starts
	 * @param environment its environment, with all configuration files read
	 */
	public ProbeServerFactory(SpringApplication application, ConfigurableEnvironment environment) {
		this.application = application;
		this.environment = environment;
	}

	/**
	 * Whether a probe server is wanted.
	 * @return {@code true} if its port is configured
	 */
	public boolean isWanted() {
		return this.environment.containsProperty(PORT);
	}

	/**
	 * Whether the server is to wait until the type of the context is known.
	 * @return {@code true} in a test
	 */
	public boolean isAwaitingContext() {
		return TestEnvironment.is(this.environment);
	}

	/**
	 * Whether a context is to have a probe server.
	 * @param context the context
	 * @return {@code false} in a test without a web server
	 */
	public boolean isFor(ConfigurableApplicationContext context) {
		return !TestEnvironment.is(this.environment) || hasWebServer(context);
	}

	/**
	 * Whether the process goes on after a start that has failed, with no use for a port
	 * that reports it.
	 * @return {@code true} in a test, and in a servlet container that deploys
	 * applications
	 */
	public boolean isEndingWithContext() {
		return TestEnvironment.is(this.environment) || this.application.getInitializers()
			.stream()
			.anyMatch((initializer) -> DEPLOYMENT.equals(initializer.getClass().getName()));
	}

	/**
	 * Recommend a probe server in the log if one would help most.
	 */
	public void recommend() {
		if (!isWanted() && CloudPlatform.KUBERNETES.isActive(this.environment)) {
			logger.info("On Kubernetes, set 'health.server.port' (such as 8081) and probe that port: it answers while"
					+ " the application starts, and while all its request threads are busy");
		}
	}

	/**
	 * Begin to load the classes of the server on another thread, except in a test, which
	 * may have none.
	 */
	public void warmUp() {
		if (!isAwaitingContext()) {
			ProbeServerWarmUp.begin();
		}
	}

	/**
	 * Create a server that does not listen yet.
	 * @param instance the instance
	 * @param properties what is configured under {@code health}
	 * @return the server, {@code null} if there is to be none
	 */
	public @Nullable ApplicationProbeServer create(HealthInstance instance, HealthProperties properties) {
		ProbeServerSettings settings = properties.getServer().settings();
		if (settings == null) {
			return null;
		}
		requireNetty();
		refuseMainPort(settings.port());
		HttpContract contract = ContractFactory.create(instance, properties, this.environment);
		return new ApplicationProbeServer(name(), isRandom() ? settings.withPort(0) : settings, contract,
				properties.getServer().metrics() ? scrape(instance, contract) : null, ScrapeRoute.PATH);
	}

	/**
	 * Let a server begin to listen, on another thread.
	 * @param server the server
	 * @param properties what is configured under {@code health}
	 */
	public void listen(ApplicationProbeServer server, HealthProperties properties) {
		String bundle = properties.getServer().ssl().bundle();
		server.listen((bundle != null) ? () -> ServerBundle.read(bundle, this.environment) : null);
	}

	private @Nullable Route scrape(HealthInstance instance, HttpContract contract) {
		if (contract.routes().find(ScrapeRoute.PATH) != null) {
			throw new InvalidPropertyException(
					"The path '" + ScrapeRoute.PATH + "' is a probe's as well as the Prometheus scrape's.",
					"Give the probe another path, or turn 'health.server.metrics' off.");
		}
		if (!ClassUtils.isPresent(PROMETHEUS, getClass().getClassLoader())) {
			logger.warn("'health.server.metrics' asks for the Prometheus scrape, but there is no registry for it: add"
					+ " 'io.micrometer:micrometer-registry-prometheus', which 'health-starter' brings");
			return null;
		}
		return new ScrapeRoute(instance);
	}

	// Not the classes themselves, which devtools loads again
	private String name() {
		return this.application.getAllSources()
			.stream()
			.map((source) -> (source instanceof Class<?> type) ? type.getName() : source.toString())
			.sorted()
			.collect(Collectors.joining(","));
	}

	private void requireNetty() {
		if (!ClassUtils.isPresent(NETTY, getClass().getClassLoader())) {
			throw new InvalidPropertyException(PORT, this.environment.getProperty(PORT),
					"asks for a probe server, which needs Netty.",
					"Add the dependency 'io.netty:netty-codec-http', which 'health-starter' brings, or remove the"
							+ " property.");
		}
	}

	// On an address of its own the server may have the same port
	private void refuseMainPort(int port) {
		int mainPort = port("server.port", 8080);
		int managementPort = port("management.server.port", mainPort);
		if (port != 0 && (port == mainPort || port == managementPort)
				&& !this.environment.containsProperty("health.server.address")
				&& WebType.of(this.application, this.environment) != WebApplicationType.NONE) {
			throw new InvalidPropertyException(PORT, port, "is a port that the application itself listens on.",
					"Give the probe server a port of its own, such as " + (port + 1)
							+ ". The application's own port serves the probes as well.");
		}
	}

	private int port(String property, int otherwise) {
		Integer port = EarlyProperty.find(this.environment, property, Integer.class);
		if (port != null) {
			return port;
		}
		return this.environment.containsProperty(property) ? UNKNOWN_PORT : otherwise;
	}

	private boolean isRandom() {
		return TestEnvironment.is(this.environment)
				&& "0".equals(EarlyProperty.find(this.environment, "server.port", String.class));
	}

	private static boolean hasWebServer(ConfigurableApplicationContext context) {
		try {
			return ClassUtils.forName(WEB_SERVER_CONTEXT, context.getClassLoader()).isInstance(context);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
