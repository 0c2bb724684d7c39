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
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mock.env.MockEnvironment;

import io.github.healthstarter.check.Impact;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what an IDE, and who reads the documentation, is told of the properties.
 */
class ConfigurationMetadataTests {

	private static final Map<String, Map<String, Object>> PROPERTIES = read("properties");

	private static final Map<String, Map<String, Object>> HINTS = read("hints");

	@ParameterizedTest
	@MethodSource("namesInRecords")
	void propertyIsDescribed(String name) {
		assertThat(PROPERTIES).containsKey(name);
		assertThat((String) PROPERTIES.get(name).get("description")).as(name).matches("[A-Z].*\\.");
	}

	static Stream<String> namesInRecords() {
		return names("health", HealthProperties.class);
	}

	private static Stream<String> names(String prefix, Class<?> type) {
		return type.isRecord()
				? Arrays.stream(type.getDeclaredConstructors()[0].getParameters())
					.flatMap((parameter) -> names(prefix, parameter.getName(), parameter.getType(),
							parameter.getAnnotation(Name.class)))
				: Arrays.stream(type.getDeclaredFields())
					.flatMap((field) -> names(prefix, field.getName(), field.getType(), null));
	}

	private static Stream<String> names(String prefix, String javaName, Class<?> type, @Nullable Name given) {
		String own = (given != null) ? given.value() : dashed(javaName);
		String name = prefix + "." + ConfigurationPropertyName.adapt(own, '.');
		return type.isRecord() ? names(name, type) : Stream.of(name);
	}

	private static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
	}

	@Test
	void nothingButWhatIsInRecordsIsDescribed() {
		assertThat(PROPERTIES.keySet()).filteredOn((name) -> name.startsWith("health."))
			.containsExactlyInAnyOrderElementsOf(namesInRecords().toList());
	}

	@ParameterizedTest
	@MethodSource("namesInRecords")
	void propertyIsDocumented(String name) throws IOException {
		String documented = name.startsWith("health.checks") ? "health.checks.<name>." : name;
		assertThat(Path.of("..", "docs", "configuration.md")).content().contains("`" + documented);
	}

	@Test
	void readmeShowsEveryPropertyWithItsDefault() throws IOException {
		Map<String, String> shown = propertiesInReadme();
		assertThat(shown.keySet()).containsExactlyInAnyOrderElementsOf(
				namesInRecords().filter((name) -> !name.startsWith("health.checks")).toList());
		shown.forEach((name, value) -> {
			Object defaultValue = PROPERTIES.get(name).get("defaultValue");
			assertThat(value).as(name).isEqualTo((defaultValue != null) ? withoutBrackets(defaultValue) : "");
		});
	}

	private static String withoutBrackets(Object value) {
		return String.valueOf(value).replaceAll("[\\[\\] ]", "");
	}

	private static Map<String, String> propertiesInReadme() throws IOException {
		String readme = Files.readString(Path.of("..", "README.md"));
		String section = readme.substring(readme.indexOf("## Properties"));
		String yaml = section.substring(section.indexOf("```yaml") + "```yaml".length());
		YamlPropertiesFactoryBean loader = new YamlPropertiesFactoryBean();
		loader.setResources(
				new ByteArrayResource(yaml.substring(0, yaml.indexOf("```")).getBytes(StandardCharsets.UTF_8)));
		return Objects.requireNonNull(loader.getObject())
			.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().toString().startsWith("health.checks."))
			.sorted(Comparator.comparing((entry) -> entry.getKey().toString()))
			.collect(Collectors.toMap((entry) -> entry.getKey().toString().replaceAll("\\[\\d+]", ""),
					(entry) -> entry.getValue().toString(), (first, second) -> first + "," + second));
	}

	@ParameterizedTest
	@CsvSource({ "health.enabled, true", "health.liveness.path, /healthz", "health.readiness.path, /readyz",
			"health.startup.path, /startupz", "health.startup.await-checks, false",
			"health.liveness.signals.deadlock.enabled, true", "health.check-defaults.interval, 5s",
			"health.check-defaults.retry-interval, 1s", "health.check-defaults.timeout, 2s",
			"health.check-defaults.informational-interval, 1m", "health.check-defaults.failure-threshold, 2",
			"health.check-defaults.success-threshold, 1", "health.check-defaults.interrupt-on-timeout, true",
			"health.drain.min-wait, 0s", "health.drain.max-wait, 15s", "health.drain.quiet-period, 1s",
			"health.drain.observed-failures, 3", "health.drain.envoy-headers, false",
			"health.drain.termination-message-path, /dev/termination-log", "health.jdbc.validation, ping",
			"health.jdbc.table, health_probe", "health.jdbc.initialize-schema, never", "health.redis.validation, ping",
			"health.redis.key, health_probe", "health.access.trusted, '[127.0.0.1, ::1]'" })
	void propertyHasItsDefault(String name, String value) {
		assertThat(PROPERTIES.get(name).get("defaultValue")).hasToString(value);
	}

	@ParameterizedTest
	@MethodSource("defaultsOfGroups")
	void groupWithoutPropertiesHasTheirDefaults(Record group) {
		assertThat(Binder.get(new MockEnvironment()).bindOrCreate("health", group.getClass())).isEqualTo(group);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HEALTH_CHECKDEFAULTS_FAILURETHRESHOLD", "HEALTH_CHECK_DEFAULTS_FAILURE_THRESHOLD" })
	void groupIsBoundIfOnlyTheEnvironmentOfTheProcessHasAProperty(String variable) {
		MockEnvironment environment = new MockEnvironment();
		environment.getPropertySources()
			.addLast(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "7")));
		assertThat(HealthProperties.bind(environment).getCheckDefaults().failureThreshold()).isEqualTo(7);
	}

	static Stream<Record> defaultsOfGroups() {
		return Stream.of(LivenessProperties.DEFAULT, ReadinessProperties.DEFAULT, StartupProperties.DEFAULT,
				CheckDefaults.DEFAULT, JdbcProperties.DEFAULT, RedisProperties.DEFAULT, DrainProperties.DEFAULT,
				AccessProperties.DEFAULT, MaintenanceProperties.DEFAULT, ServerProperties.DEFAULT,
				KubernetesProperties.DEFAULT, ReloadProperties.DEFAULT, SystemdProperties.DEFAULT);
	}

	@ParameterizedTest
	@CsvSource({ "health.check-defaults.interval, java.time.Duration", "health.drain.max-wait, java.time.Duration",
			"health.access.allow, java.util.List<java.lang.String>",
			"health.checks, 'java.util.Map<java.lang.String,io.github.healthstarter.autoconfigure.CheckProperties>'" })
	void propertyHasItsType(String name, String type) {
		assertThat(PROPERTIES.get(name)).containsEntry("type", type);
	}

	@Test
	void checksAreSuggestedByName() {
		assertThat(values("health.checks.keys")).contains("db", "redis", "diskSpace");
		assertThat(HINTS.get("health.checks.keys").get("providers")).asString().contains("any");
	}

	// An IDE offers the constants of an enum by itself
	@Test
	void impactIsAnEnum() throws ReflectiveOperationException {
		assertThat(CheckProperties.class.getDeclaredMethod("impact").getReturnType()).isEqualTo(Impact.class);
		assertThat(Impact.class).isFinal();
		assertThat(Impact.values()).hasSize(3);
	}

	@SuppressWarnings("unchecked")
	private static List<Object> values(String hint) {
		return ((List<Map<String, Object>>) HINTS.get(hint).get("values")).stream()
			.map((value) -> value.get("value"))
			.toList();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> read(String section) {
		try {
			List<URL> files = Collections.list(ConfigurationMetadataTests.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"));
			URL own = files.stream()
				.filter((file) -> file.toString()
					.startsWith(HealthProperties.class.getProtectionDomain().getCodeSource().getLocation().toString()))
				.findFirst()
				.orElseThrow();
			try (InputStream content = own.openStream()) {
				List<Object> entries = (List<Object>) JsonParserFactory.getJsonParser()
					.parseMap(new String(content.readAllBytes(), StandardCharsets.UTF_8))
					.get(section);
				return entries.stream()
					.map((entry) -> (Map<String, Object>) entry)
					.collect(Collectors.toMap((entry) -> (String) entry.get("name"), Function.identity()));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
