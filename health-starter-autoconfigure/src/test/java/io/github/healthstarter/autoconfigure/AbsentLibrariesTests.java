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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.testing.HiddenLibraries;
import io.github.healthstarter.testing.RestrictedClassPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests that each part of the starter is absent, and nothing else is, where its library
 * is really not there.
 */
class AbsentLibrariesTests {

	private static final List<String> ACTUATOR = List.of("spring-boot-actuator", "spring-boot-starter-actuator");

	private static final List<String> MICROMETER = List.of("micrometer-core", "micrometer-jakarta",
			"micrometer-registry", "spring-boot-micrometer-metrics", "spring-boot-starter-micrometer", "prometheus");

	private static final List<String> JDBC = List.of("spring-jdbc", "spring-boot-jdbc", "spring-boot-starter-jdbc",
			"HikariCP", "h2-", "postgresql");

	private static final List<String> REDIS = List.of("spring-data-redis", "spring-boot-data-redis", "lettuce-core",
			"jedis", "spring-boot-starter-data-redis");

	private static final List<String> REACTOR = List.of("reactor-core", "lettuce-core");

	private static final List<String> R2DBC = List.of("r2dbc-");

	private static final List<String> MESSAGING = List.of("spring-kafka", "kafka-clients", "spring-rabbit",
			"spring-amqp", "amqp-client");

	private static final List<String> SPRING_MVC = List.of("spring-webmvc", "spring-boot-webmvc",
			"spring-boot-starter-webmvc");

	private static final List<String> TOMCAT = List.of("tomcat-embed", "spring-boot-tomcat",
			"spring-boot-starter-tomcat");

	private static final List<String> WEBFLUX = List.of("spring-webflux", "spring-boot-webflux");

	private static final List<String> REACTOR_NETTY = List.of("reactor-netty", "spring-boot-reactor-netty");

	private static final List<String> SERVLETS = List.of("jakarta.servlet-api", "tomcat-embed", "spring-boot-tomcat",
			"spring-boot-starter-tomcat", "jetty-", "spring-boot-jetty", "spring-boot-servlet",
			"spring-boot-web-server", "spring-webmvc", "spring-boot-webmvc", "spring-boot-starter-webmvc");

	private static final List<String> JUNIXSOCKET = List.of("junixsocket");

	private static final List<String> HEALTH = List.of("spring-boot-health");

	private static final List<String> NETTY = List.of("netty-codec-http");

	private static final List<String> CORE = List.of("healthStarterAttachment", "healthStarterChecks",
			"healthStarterShutdownReport");

	@ParameterizedTest(name = "{0}")
	@MethodSource("absences")
	void partIsAbsentWithItsLibrary(String type, List<String> libraries, List<String> absent, List<String> present) {
		HiddenLibraries classPath = HiddenLibraries.of(libraries);
		assertThat(classPath.has(type)).isFalse();
		assertThat(classPath.has("org.springframework.boot.SpringApplication")).isTrue();
		assertThat(beans(classPath)).containsAll(present).noneMatch(absent::contains);
	}

	@Test
	void everyPartIsThereWithAllLibraries() {
		Set<String> parts = absences().flatMap((row) -> ((List<?>) row.get()[2]).stream())
			.map(String.class::cast)
			.collect(Collectors.toSet());
		assertThat(beans(HiddenLibraries.of(List.of()))).isNotEmpty().containsAll(parts);
	}

	// What kind of application it is, Spring Boot decides by what it sees itself
	@ParameterizedTest(name = "{0}")
	@MethodSource("absencesOnAWholeClassPath")
	void partIsAbsentWithItsLibraryOnAWholeClassPath(String type, List<String> libraries, List<String> absent,
			List<String> present) {
		try (RestrictedClassPath classPath = RestrictedClassPath.without(libraries)) {
			assertThat(classPath.has(type)).isFalse();
			assertThat(classPath.has("org.springframework.boot.SpringApplication")).isTrue();
			assertThat(List.of((String[]) classPath.call(Application.class, "beans", properties())))
				.containsAll(present)
				.noneMatch(absent::contains);
		}
	}

	@Test
	void probeServerWithoutNettyIsExplained() {
		assertThatThrownBy(() -> beans(HiddenLibraries.of(NETTY), "health.server.port=0")).rootCause()
			.hasToString("io.github.healthstarter.autoconfigure.InvalidPropertyException: Property"
					+ " 'health.server.port' with the value '0' asks for a probe server, which needs Netty. Add the"
					+ " dependency 'io.netty:netty-codec-http', which 'health-starter' brings, or remove the"
					+ " property.");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void systemdWithoutJunixsocketIsOneWarning(CapturedOutput output) {
		HiddenLibraries.of(JUNIXSOCKET)
			.call(Plain.class, "run", "NOTIFY_SOCKET=/no/such/socket", "health.reload.signal=false",
					"spring.main.banner-mode=off");
		assertThat(output).containsOnlyOnce("systemd is not notified")
			.contains("add the dependency 'com.kohlschutter.junixsocket:junixsocket-core'");
	}

	static Stream<Arguments> absencesOnAWholeClassPath() {
		List<String> filters = List.of("healthStarterProbeFilter", "healthStarterDrainFilter");
		List<String> core = CORE;
		return Stream.of(
				Arguments.of("org.springframework.web.servlet.DispatcherServlet", join(SPRING_MVC, WEBFLUX),
						List.of("healthStarterFirstHandlers"), join(core, filters)),
				Arguments.of("reactor.netty.http.server.HttpServer", join(SPRING_MVC, REACTOR_NETTY),
						join(filters, List.of("healthStarterLingeringConnections")),
						join(core, List.of("healthStarterFirstHandlers"))),
				Arguments.of("jakarta.servlet.Filter", join(SERVLETS, WEBFLUX), filters, core));
	}

	static Stream<Arguments> absences() {
		List<String> filters = List.of("healthStarterProbeFilter", "healthStarterDrainFilter");
		List<String> core = CORE;
		return Stream.of(
				Arguments.of("org.springframework.boot.actuate.endpoint.annotation.Endpoint", ACTUATOR,
						List.of("healthStarterDrainEndpoint", "healthStarterChecksEndpoint"), join(core, filters)),
				Arguments.of("io.micrometer.core.instrument.MeterRegistry", MICROMETER, List.of("healthStarterMetrics"),
						join(core, filters)),
				Arguments.of("org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource", JDBC,
						List.of("healthStarterDataSourceCheckSource"),
						join(core, List.of("healthStarterRedisCheckSource"))),
				Arguments.of("org.springframework.data.redis.connection.RedisConnectionFactory", REDIS,
						List.of("healthStarterRedisCheckSource"),
						join(core, List.of("healthStarterDataSourceCheckSource"))),
				Arguments.of("reactor.core.publisher.Flux", REACTOR,
						List.of("healthStarterConnectionFactoryCheckSource"),
						join(core, List.of("healthStarterContributorCheckSource"))),
				Arguments.of("io.r2dbc.spi.ConnectionFactory", R2DBC,
						List.of("healthStarterConnectionFactoryCheckSource"),
						join(core, List.of("healthStarterDataSourceCheckSource"))),
				Arguments.of("org.springframework.kafka.config.KafkaListenerEndpointRegistry", MESSAGING, List.of(),
						core),
				Arguments.of("org.newsclub.net.unix.AFUNIXDatagramChannel", JUNIXSOCKET, List.of(),
						join(core, List.of("healthStarterReloader"))),
				Arguments.of("org.apache.catalina.startup.Tomcat", TOMCAT,
						List.of("healthStarterPeerValveCustomizer", "healthStarterWebSocketSessions"),
						join(core, join(filters, List.of("healthStarterJettyPeerFactoryCustomizer")))),
				Arguments.of("io.netty.handler.codec.http.HttpServerCodec", NETTY, List.of(), join(core, filters)),
				Arguments
					.of("org.springframework.boot.health.contributor.HealthIndicator", HEALTH,
							join(core,
									join(filters, List.of("healthStarterContributorCheckSource",
											"healthStarterDataSourceCheckSource", "healthStarterRedisCheckSource",
											"healthStarterMetrics", "healthStarterDrainEndpoint"))),
							List.of("dataSource")));
	}

	private static List<String> join(List<String> one, List<String> other) {
		return Stream.concat(one.stream(), other.stream()).toList();
	}

	private static List<String> beans(HiddenLibraries libraries, String... further) {
		return List.of((String[]) libraries.call(Application.class, "beans", properties(further)));
	}

	private static String[] properties(String... further) {
		return Stream.concat(
				Stream.of("server.port=0", "spring.main.banner-mode=off", "logging.level.root=error",
						"management.endpoints.web.exposure.include=*", "spring.datasource.url=jdbc:h2:mem:absent"),
				Stream.of(further))
			.toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		static String[] beans(String... properties) {
			keepTomcatFromTheUrls();
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.registerShutdownHook(false)
				.properties(properties)
				.run()) {
				return context.getBeanDefinitionNames();
			}
		}

		// A Tomcat that is loaded anew would claim the JVM's only URL handler factory
		private static void keepTomcatFromTheUrls() {
			String factory = "org.apache.catalina.webresources.TomcatURLStreamHandlerFactory";
			if (ClassUtils.isPresent(factory, null)) {
				TomcatURLStreamHandlerFactory.disable();
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

		static String[] run(String... properties) {
			new SpringApplicationBuilder(Plain.class).web(WebApplicationType.NONE)
				.registerShutdownHook(false)
				.properties(properties)
				.run()
				.close();
			return properties;
		}

	}

}
