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

package io.github.healthstarter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the names in {@code docs/architecture.md} to the code.
 */
class ArchitectureDocumentTests {

	private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

	private static final Pattern TYPE = Pattern.compile("([A-Z]\\w*[a-z]\\w*)((?:\\.\\w+)*)");

	private static final Pattern THREAD = Pattern.compile("(health(?:-[a-z]+)+)(?:-<[a-z]+>)?");

	private static final Pattern FLOOR = Pattern.compile("(?m)^\\| (\\d) \\| (`[^|]+) \\|");

	// Ours, and those of libraries that ours use
	private static final Map<String, Set<JavaClass>> TYPES = ArchitectureTests.CLASSES.stream()
		.flatMap((type) -> Stream.concat(Stream.of(type), used(type)))
		.collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.toSet()));

	private final String text;

	ArchitectureDocumentTests() throws IOException {
		this.text = Files.readString(Path.of("..", "docs", "architecture.md"));
	}

	private static Stream<JavaClass> used(JavaClass type) {
		return type.getDirectDependenciesFromSelf()
			.stream()
			.map((dependency) -> dependency.getTargetClass().getBaseComponentType());
	}

	@Test
	void typesAndMembersExist() {
		List<MatchResult> names = codes().map(TYPE::matcher)
			.filter(Matcher::matches)
			.map(Matcher::toMatchResult)
			.toList();
		assertThat(names).hasSizeGreaterThan(100);
		assertThat(names.stream().filter((name) -> !exists(name.group(1), name.group(2))).map(MatchResult::group))
			.isEmpty();
	}

	private static boolean exists(String type, String members) {
		List<String> path = List.of(StringUtils.tokenizeToStringArray(members, "."));
		return TYPES.getOrDefault(type, Set.of()).stream().anyMatch((found) -> has(found, path));
	}

	private static boolean has(JavaClass type, List<String> path) {
		if (path.isEmpty()) {
			return true;
		}
		String name = path.get(0);
		List<String> rest = path.subList(1, path.size());
		boolean member = rest.isEmpty() && Stream.concat(type.getAllMethods().stream(), type.getAllFields().stream())
			.anyMatch((found) -> found.getName().equals(name));
		return member || TYPES.getOrDefault(name, Set.of())
			.stream()
			.filter((nested) -> nested.getEnclosingClass().filter(Predicate.isEqual(type)).isPresent())
			.anyMatch((nested) -> has(nested, rest));
	}

	@Test
	void threadsExist() throws IOException {
		String code = code();
		List<String> threads = codes().map(THREAD::matcher)
			.filter(Matcher::matches)
			.map((thread) -> thread.group(1))
			.distinct()
			.toList();
		assertThat(threads).hasSizeGreaterThan(10);
		assertThat(threads.stream().filter((thread) -> !Pattern.compile("\"" + thread + "-?\"").matcher(code).find()))
			.isEmpty();
	}

	@Test
	void everyPackageStandsAboveThoseThatItKnows() {
		Map<String, Integer> floors = new HashMap<>();
		FLOOR.matcher(this.text)
			.results()
			.forEach((row) -> codes(row.group(2))
				.forEach((name) -> assertThat(floors.put(name, Integer.valueOf(row.group(1)))).as(name).isNull()));
		assertThat(floors).containsOnlyKeys(ArchitectureTests.MAY_KNOW.keySet());
		Set<String> upwards = new TreeSet<>();
		ArchitectureTests.MAY_KNOW.forEach((name, known) -> known.stream()
			.filter((other) -> !other.equals(name) && floors.get(other) >= floors.get(name))
			.forEach((other) -> upwards.add(name + " -> " + other)));
		assertThat(upwards).isEmpty();
	}

	private Stream<String> codes() {
		return codes(this.text);
	}

	private static Stream<String> codes(String text) {
		return CODE.matcher(text).results().map((code) -> code.group(1));
	}

	private static String code() throws IOException {
		StringBuilder code = new StringBuilder();
		try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				code.append(Files.readString(file));
			}
		}
		return code.toString();
	}

}
