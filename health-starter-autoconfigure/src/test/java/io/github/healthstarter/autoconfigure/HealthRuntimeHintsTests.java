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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.coyote.ProtocolHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.r2dbc.connection.lookup.AbstractRoutingConnectionFactory;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.web.tomcat.DrainingProtocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link HealthRuntimeHints}.
 */
class HealthRuntimeHintsTests {

	private static final Path SOURCES = Path.of("src", "main", "java");

	// Whether something is there is asked of the whole name, in one literal
	private static final Pattern LOOKED_FOR = Pattern.compile("(?s)(?:isPresent|Class\\.forName)\\(\\s*\"([\\w.]+)\"");

	private final RuntimeHints hints = new RuntimeHints();

	HealthRuntimeHintsTests() {
		new HealthRuntimeHints().registerHints(this.hints, getClass().getClassLoader());
	}

	@Test
	void registrarIsFoundBySpring() {
		assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)).hasAtLeastOneElementOfType(HealthRuntimeHints.class);
	}

	@ParameterizedTest
	@MethodSource("lookedFor")
	void whatIsLookedForByItsNameIsKept(String name) {
		assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(name))).accepts(this.hints);
	}

	static Set<String> lookedFor() throws IOException {
		Set<String> names = new TreeSet<>();
		try (Stream<Path> files = Files.walk(SOURCES)) {
			files.filter((file) -> file.toString().endsWith(".java") && !file.endsWith("HealthRuntimeHints.java"))
				.forEach((file) -> LOOKED_FOR.matcher(read(file))
					.results()
					.forEach((match) -> names.add(match.group(1))));
		}
		assertThat(names).hasSizeGreaterThan(7);
		return names;
	}

	// Those whose names are constants
	@ParameterizedTest
	@ValueSource(strings = { "io.netty.handler.codec.http.HttpServerCodec", "sun.misc.Signal", "sun.misc.SignalHandler",
			"org.springframework.boot.web.server.context.WebServerApplicationContext" })
	void whatIsLookedForByAConstantIsKept(String name) {
		assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(name))).accepts(this.hints);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void signalsAreCalledByReflection() throws Exception {
		Class<?> signal = Class.forName("sun.misc.Signal");
		Class<?> handler = Class.forName("sun.misc.SignalHandler");
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(signal.getConstructor(String.class)))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(signal.getMethod("handle", signal, handler)))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(handler.getMethod("handle", signal)))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(handler)).accepts(this.hints);
	}

	@Test
	void tomcatMakesTheProtocolByItsName() throws Exception {
		assertThat(RuntimeHintsPredicates.reflection()
			.onConstructorInvocation(DrainingProtocol.class.getDeclaredConstructor())).accepts(this.hints);
		assertThat(ProtocolHandler.create(DrainingProtocol.class.getName())).isInstanceOf(DrainingProtocol.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.github.healthstarter.web.tomcat.DrainingProtocol",
			"io.github.healthstarter.web.tomcat.DrainingEndpoint" })
	void tomcatSetsPropertiesByTheirNames(String name) {
		assertThat(ClassUtils.isPresent(name, null)).isTrue();
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(TypeReference.of(name))
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)).accepts(this.hints);
	}

	@Test
	void membersThatAreNotPublicAreKept() {
		assertThat(RuntimeHintsPredicates.reflection()
			.onFieldAccess(AbstractMessageListenerContainer.class, "shutdownTimeout")).accepts(this.hints);
		for (String field : List.of("resolvedConnectionFactories", "resolvedDefaultConnectionFactory")) {
			assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(AbstractRoutingConnectionFactory.class, field))
				.accepts(this.hints);
		}
	}

	@Test
	void methodThatIsLookedForIsKept() {
		Method method = ClassUtils.getMethodIfAvailable(JedisConnectionFactory.class, "isUseUnifiedJedis");
		assumeThat(method).as("Spring Data Redis is 4.1 or later").isNotNull();
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method)).accepts(this.hints);
	}

	@Test
	void nothingIsKeptOfWhatIsNotThere() {
		RuntimeHints hints = new RuntimeHints();
		new HealthRuntimeHints().registerHints(hints, ClassLoader.getPlatformClassLoader());
		assertThat(hints.reflection().typeHints()).extracting((hint) -> hint.getType().getName())
			.containsExactlyInAnyOrder("sun.misc.Signal", "sun.misc.SignalHandler");
	}

}
