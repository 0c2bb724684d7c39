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

package io.github.healthstarter.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/**
 * Tells what a native image has to keep for the starter: what is looked for by its name,
 * or called by reflection. What Spring sees by itself is not among it: beans, properties,
 * the descriptors of Actuator's endpoints and what {@code spring.factories} names.
 */
final class HealthRuntimeHints implements RuntimeHintsRegistrar {

	private static final String SIGNAL = "sun.misc.Signal";

	private static final String SIGNAL_HANDLER = "sun.misc.SignalHandler";

	// Nothing more is asked of these than whether they are there
	private static final List<String> LOOKED_FOR = List.of("com.zaxxer.hikari.HikariDataSource",
			"io.micrometer.prometheusmetrics.PrometheusMeterRegistry", "io.netty.handler.codec.http.HttpServerCodec",
			"io.r2dbc.pool.ConnectionPool", "jakarta.servlet.http.HttpServletRequest",
			"org.apache.tomcat.jdbc.pool.DataSourceProxy", "org.newsclub.net.unix.AFUNIXDatagramChannel",
			"org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints",
			"org.springframework.boot.health.contributor.HealthIndicator",
			"org.springframework.boot.jdbc.EmbeddedDatabaseConnection",
			"org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider",
			"org.springframework.boot.jetty.JettyWebServer", "org.springframework.boot.tomcat.TomcatWebServer",
			"org.springframework.boot.web.server.context.WebServerApplicationContext",
			"org.springframework.r2dbc.connection.lookup.AbstractRoutingConnectionFactory",
			"org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping",
			"reactor.netty.http.server.HttpServerRequest");

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		ReflectionHints reflection = hints.reflection();
		LOOKED_FOR.forEach((name) -> reflection.registerTypeIfPresent(classLoader, name));
		registerSignals(hints);
		registerTomcat(reflection, classLoader);
		registerMembers(reflection, classLoader);
	}

	private static void registerSignals(RuntimeHints hints) {
		TypeReference signal = TypeReference.of(SIGNAL);
		TypeReference handler = TypeReference.of(SIGNAL_HANDLER);
		hints.reflection()
			.registerType(signal,
					(type) -> type.withConstructor(TypeReference.listOf(String.class), ExecutableMode.INVOKE)
						.withMethod("handle", List.of(signal, handler), ExecutableMode.INVOKE))
			.registerType(handler, (type) -> type.withMethod("handle", List.of(signal), ExecutableMode.INVOKE));
		hints.proxies().registerJdkProxy(handler);
	}

	// Tomcat makes the protocol by its name, and sets properties of both by theirs
	private static void registerTomcat(ReflectionHints reflection, @Nullable ClassLoader classLoader) {
		if (ClassUtils.isPresent("org.apache.coyote.http11.Http11NioProtocol", classLoader)) {
			for (String name : List.of("DrainingProtocol", "DrainingEndpoint")) {
				reflection.registerType(TypeReference.of("io.github.healthstarter.web.tomcat." + name),
						MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_PUBLIC_METHODS);
			}
		}
	}

	// There are no public ways
	private static void registerMembers(ReflectionHints reflection, @Nullable ClassLoader classLoader) {
		reflection.registerTypeIfPresent(classLoader,
				"org.springframework.r2dbc.connection.lookup.AbstractRoutingConnectionFactory",
				(type) -> type.withField("resolvedConnectionFactories").withField("resolvedDefaultConnectionFactory"));
		reflection.registerTypeIfPresent(classLoader,
				"org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer",
				(type) -> type.withField("shutdownTimeout"));
		reflection.registerTypeIfPresent(classLoader,
				"org.springframework.data.redis.connection.jedis.JedisConnectionFactory",
				(type) -> type.withMethod("isUseUnifiedJedis", List.of(), ExecutableMode.INVOKE));
	}

}
