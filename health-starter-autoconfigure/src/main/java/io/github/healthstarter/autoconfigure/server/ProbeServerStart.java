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
import org.springframework.boot.builder.ParentContextApplicationContextInitializer;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.autoconfigure.health.EarlyHealth;
import io.github.healthstarter.autoconfigure.web.WebType;
import io.github.healthstarter.server.ProbeServerSettings;
import io.github.healthstarter.startup.StartupProgress;

/**
 * Decides whether an application has a probe server, and where it listens. In Spring
 * Boot's tests it follows the web server: on a random port where that has one, not at all
 * where there is none.
 */
public final class ProbeServerStart {

	private static final Log logger = LogFactory.getLog(ProbeServerStart.class);

	static final String PORT = "health.server.port";

	private static final String TESTS = "Inlined Test Properties";

	private static final String WEB_SERVER_CONTEXT = "org.springframework.boot.web.server.context.WebServerApplicationContext";

	private static final String DEPLOYMENT = "org.springframework.boot.web.servlet.support.ServletContextApplicationContextInitializer";

	private static final String NETTY = "io.netty.handler.codec.http.HttpServerCodec";

	private final SpringApplication application;

	private final ConfigurableEnvironment environment;

	private final StartupProgress progress;

	/**
	 * Create it.
	 * @param application the application that starts
	 * @param environment its environment, with all configuration files read
	 * @param progress how far its start has come
	 */
	public ProbeServerStart(SpringApplication application, ConfigurableEnvironment environment,
			StartupProgress progress) {
		this.application = application;
		this.environment = environment;
		this.progress = progress;
	}

	/**
	 * Begin to listen before there is a context, where that is wanted.
	 * @return the server, {@code null} where there is none yet
	 */
	public @Nullable ApplicationProbeServer beforeContext() {
		return isTest() ? null : listen();
	}

	/**
	 * Begin to listen now that there is a context, where that is wanted only now.
	 * @param context the context, before anything in it has been made
	 * @return the server, {@code null} where there is none
	 */
	public @Nullable ApplicationProbeServer withContext(ConfigurableApplicationContext context) {
		return (isTest() && hasWebServer(context)) ? listen() : null;
	}

	/**
	 * Whether the process goes on after a start that has failed, with no use for a port
	 * that tells of it.
	 * @return {@code true} in a test, and in a servlet container that deploys
	 * applications
	 */
	public boolean endsWithTheContext() {
		return isTest() || this.application.getInitializers()
			.stream()
			.anyMatch((initializer) -> DEPLOYMENT.equals(initializer.getClass().getName()));
	}

	/**
	 * Recommend a probe server in the log where one would help most.
	 */
	public void recommend() {
		if (!this.environment.containsProperty(PORT) && CloudPlatform.KUBERNETES.isActive(this.environment)) {
			logger.info("On Kubernetes, set 'health.server.port' (such as 8081) and let probes ask that port: it"
					+ " answers while the application starts, and while all its request threads are busy");
		}
	}

	private @Nullable ApplicationProbeServer listen() {
		if (!this.environment.containsProperty(PORT) || hasParent()) {
			return null;
		}
		requireNetty();
		HealthProperties properties = Binder.get(this.environment).bindOrCreate("health", HealthProperties.class);
		ProbeServerSettings settings = properties.probeServer();
		if (settings == null) {
			return null;
		}
		refuseMainPort(settings.port());
		ApplicationProbeServer server = new ApplicationProbeServer(name(), isRandom() ? settings.withPort(0) : settings,
				() -> new EarlyHealth(properties, this.environment, this.progress));
		String bundle = properties.probeServerBundle();
		if (bundle != null) {
			server.encryptAll(() -> EarlySslBundle.engines(bundle, this.environment));
		}
		server.listen();
		return server;
	}

	// Not the classes themselves, which devtools loads anew
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
		int mainPort = this.environment.getProperty("server.port", Integer.class, 8080);
		int managementPort = this.environment.getProperty("management.server.port", Integer.class, mainPort);
		if (port != 0 && (port == mainPort || port == managementPort)
				&& !this.environment.containsProperty("health.server.address")
				&& WebType.of(this.application, this.environment) != WebApplicationType.NONE) {
			throw new InvalidPropertyException(PORT, port, "is a port that the application itself listens on.",
					"Give the probe server a port of its own, such as " + (port + 1)
							+ ". The application's own port serves the probes as well.");
		}
	}

	// The parent has it already
	private boolean hasParent() {
		return this.application.getInitializers()
			.stream()
			.anyMatch(ParentContextApplicationContextInitializer.class::isInstance);
	}

	private boolean isTest() {
		return isTest(this.environment);
	}

	static boolean isTest(ConfigurableEnvironment environment) {
		return environment.getPropertySources().contains(TESTS);
	}

	private boolean isRandom() {
		return isTest() && "0".equals(this.environment.getProperty("server.port"));
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
