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
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

import io.github.healthstarter.autoconfigure.HealthProperties;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the packages to their directions and the classes to the rules of the house.
 */
class ArchitectureTests {

	private static final String ROOT = "io.github.healthstarter";

	private static final double MIN_SHARE_OF_PACKAGE_PRIVATE = 0.4;

	private static final String HANDS_ON_A_CLOCK = ROOT + ".participant.scheduling.GatedScheduler";

	/**
	 * The packages that applications may use. Public types elsewhere are public only
	 * because packages are small.
	 */
	private static final Set<String> API = Set.of("access", "check", "drain", "health", "instance", "lifecycle",
			"liveness", "mode", "notification", "reload", "startup", "time", "traffic", "test");

	private static final Set<String> CORE = Set.of("access", "time", "text", "notification", "check", "liveness",
			"lifecycle", "startup", "mode", "traffic", "drain", "health", "instance", "reload");

	/**
	 * Which packages of our own a package may know. The auto-configuration knows them
	 * all, and is known by none.
	 */
	static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(Map.entry("access", Set.of()),
			Map.entry("time", Set.of()), Map.entry("text", Set.of()), Map.entry("notification", Set.of()),
			Map.entry("check", Set.of("notification", "text", "time")),
			Map.entry("liveness", Set.of("notification", "text", "time")),
			Map.entry("lifecycle", Set.of("notification", "text", "time")),
			Map.entry("startup", Set.of("check", "lifecycle", "text", "time")), Map.entry("traffic", Set.of("time")),
			Map.entry("drain", Set.of("lifecycle", "notification", "text", "time", "traffic")),
			Map.entry("mode", Set.of("notification", "text", "time")),
			Map.entry("health", Set.of("check", "liveness", "lifecycle", "mode", "notification", "text", "time")),
			Map.entry("reload", Set.of("notification", "text", "time")),
			Map.entry("instance",
					Set.of("access", "check", "drain", "health", "lifecycle", "liveness", "mode", "notification",
							"startup", "time", "traffic")),
			Map.entry("body", CORE), Map.entry("web", with(CORE, "body")),
			Map.entry("web.servlet", Set.of("web", "lifecycle", "mode", "traffic")),
			Map.entry("web.reactive", Set.of("web", "lifecycle", "traffic")),
			Map.entry("web.tomcat", Set.of("lifecycle", "liveness", "web")),
			Map.entry("web.jetty", Set.of("liveness", "web")), Map.entry("server", Set.of("web", "time")),
			Map.entry("metrics", Set.of("check", "drain", "health", "instance", "lifecycle", "time", "traffic", "web")),
			Map.entry("systemd", CORE), Map.entry("actuate", with(CORE, "body")), Map.entry("availability", CORE),
			Map.entry("signal", Set.of()), Map.entry("shutdown", with(CORE, "signal")),
			Map.entry("indicator.pool", Set.of()), Map.entry("indicator.contributor", CORE),
			Map.entry("indicator.jdbc", with(CORE, "indicator.pool")),
			Map.entry("indicator.r2dbc", with(CORE, "indicator.pool")),
			Map.entry("indicator.redis", with(CORE, "indicator.pool")), Map.entry("participant.amqp", CORE),
			Map.entry("participant.executor", CORE), Map.entry("participant.kafka", CORE),
			Map.entry("participant.scheduling", CORE), Map.entry("test", CORE));

	/**
	 * Which packages may know a library that is optional, or that is not for us to know.
	 */
	private static final Map<String, Set<String>> KNOWN_BY = Map.ofEntries(
			Map.entry("jakarta.servlet",
					Set.of("web.servlet", "web.reactive", "web.tomcat", "autoconfigure.web.servlet",
							"autoconfigure.web.tomcat")),
			Map.entry("org.springframework.security", Set.of()), Map.entry("jakarta.websocket", Set.of()),
			Map.entry("org.apache.tomcat.websocket", Set.of("web.tomcat")),
			Map.entry("org.apache.coyote", Set.of("web.tomcat", "autoconfigure.web.tomcat")),
			Map.entry("org.eclipse.jetty", Set.of("web.jetty")),
			Map.entry("org.springframework.boot.jetty", Set.of("web.jetty", "autoconfigure.web.jetty")),
			Map.entry("org.springframework.boot.web.servlet", Set.of("autoconfigure.web.servlet")),
			Map.entry("org.springframework.web", Set.of("autoconfigure.web.servlet", "autoconfigure.web.reactive")),
			Map.entry("org.springframework.http",
					Set.of("web.reactive", "autoconfigure.actuate", "autoconfigure.web.reactive")),
			Map.entry("org.springframework.boot.reactor.netty", Set.of("autoconfigure.web.reactive")),
			Map.entry("org.springframework.data.redis", Set.of("indicator.redis", "autoconfigure.indicator.redis")),
			Map.entry("io.lettuce", Set.of("indicator.redis")), Map.entry("redis.clients", Set.of("indicator.redis")),
			Map.entry("org.apache.commons.pool2", Set.of("indicator.redis")),
			Map.entry("java.sql", Set.of("indicator.jdbc", "autoconfigure.indicator.jdbc")),
			Map.entry("javax.sql", Set.of("indicator.jdbc", "autoconfigure.indicator.jdbc")),
			Map.entry("org.springframework.jdbc", Set.of("autoconfigure.indicator.jdbc")),
			Map.entry("org.springframework.boot.jdbc", Set.of("autoconfigure.indicator.jdbc")),
			Map.entry("io.micrometer", Set.of("metrics", "autoconfigure.metrics")),
			Map.entry("org.springframework.boot.actuate", Set.of("actuate", "autoconfigure.actuate")),
			Map.entry("org.springframework.boot.health",
					Set.of("check", "indicator.contributor", "indicator.jdbc", "indicator.pool", "indicator.r2dbc",
							"indicator.redis", "test", "autoconfigure.check", "autoconfigure.indicator")),
			Map.entry("reactor", Set.of("indicator.r2dbc", "web.reactive")),
			Map.entry("io.r2dbc", Set.of("indicator.r2dbc", "autoconfigure.indicator.r2dbc")),
			Map.entry("org.springframework.r2dbc", Set.of("autoconfigure.indicator.r2dbc")),
			Map.entry("org.apache.tomcat.jdbc", Set.of("autoconfigure.indicator.jdbc")),
			Map.entry("org.apache.commons.dbcp2", Set.of()),
			Map.entry("com.zaxxer.hikari", Set.of("indicator.jdbc", "autoconfigure.indicator.jdbc")),
			Map.entry("org.springframework.kafka", Set.of("participant.kafka", "autoconfigure.participant.kafka")),
			Map.entry("org.apache.kafka", Set.of("participant.kafka")),
			Map.entry("org.springframework.amqp", Set.of("participant.amqp", "autoconfigure.participant.amqp")),
			Map.entry("com.rabbitmq", Set.of()), Map.entry("com.fasterxml.jackson", Set.of()),
			Map.entry("tools.jackson", Set.of()),
			Map.entry("org.apache.catalina", Set.of("web.tomcat", "autoconfigure.web.tomcat")),
			Map.entry("org.newsclub.net.unix", Set.of("systemd")),
			Map.entry("org.springframework.cloud", Set.of("autoconfigure.reload")),
			Map.entry("io.netty", Set.of("server", "web.reactive")), Map.entry("sun", Set.of()),
			Map.entry("com.sun", Set.of()));

	private static final String[] CORE_LIBRARIES = { "java.lang..", "java.util..", "java.time..", "java.io..",
			"java.net", "java.security", "java.nio..", "org.jspecify..", "org.apache.commons.logging..",
			"org.springframework.util..", "org.springframework.core..", "org.springframework.context..",
			"org.springframework.format..", "org.springframework.boot.health.contributor.." };

	static final JavaClasses CLASSES = new ClassFileImporter()
		.importUrl(HealthProperties.class.getProtectionDomain().getCodeSource().getLocation());

	private static final DescribedPredicate<JavaClass> TOP_LEVEL = DescribedPredicate.describe("top level",
			(type) -> type.isTopLevelClass() && !"package-info".equals(type.getSimpleName()));

	private static final DescribedPredicate<JavaClass> CONCRETE = DescribedPredicate.describe("concrete",
			(type) -> !type.isInterface() && !type.isEnum() && !type.getModifiers().contains(JavaModifier.ABSTRACT));

	@Test
	void everyPackageHasItsPlace() {
		assertThat(packages().map(ArchitectureTests::relative).filter((name) -> !name.startsWith("autoconfigure")))
			.containsExactlyInAnyOrderElementsOf(MAY_KNOW.keySet());
	}

	@ParameterizedTest
	@FieldSource("PLACED")
	void packageKnowsOnlyThoseBelowIt(String name) {
		Set<String> known = MAY_KNOW.get(name);
		classes().that()
			.resideInAPackage(ROOT + "." + name)
			.should()
			.onlyDependOnClassesThat(DescribedPredicate.describe("are in " + known + " or not ours", (type) -> {
				String other = relative(type.getPackageName());
				return !isOurs(type) || other.equals(name) || known.contains(other);
			}))
			.check(CLASSES);
	}

	static final List<String> PLACED = MAY_KNOW.keySet().stream().sorted().toList();

	@Test
	void nobodyKnowsTheAutoConfiguration() {
		noClasses().that()
			.resideOutsideOfPackage(ROOT + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + ".autoconfigure..")
			.check(CLASSES);
	}

	@Test
	void nobodyKnowsTheSupportForTests() {
		noClasses().that()
			.resideOutsideOfPackage(ROOT + ".test")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + ".test")
			.check(CLASSES);
	}

	@Test
	void apiMentionsApiAlone() {
		Map<String, Set<String>> others = CLASSES.stream()
			.filter((type) -> isApi(type) && isOpen(type))
			.collect(Collectors.toMap(JavaClass::getName, ArchitectureTests::othersInSignatures));
		assertThat(others).isNotEmpty().allSatisfy((type, mentioned) -> assertThat(mentioned).as(type).isEmpty());
	}

	private static Set<String> othersInSignatures(JavaClass type) {
		Stream<JavaClass> members = type.getMembers()
			.stream()
			.filter(ArchitectureTests::isOpen)
			.flatMap((member) -> (member instanceof JavaCodeUnit unit) ? mentioned(unit)
					: ((JavaField) member).getType().getAllInvolvedRawTypes().stream());
		Stream<JavaClass> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
			.flatMap((parent) -> parent.getAllInvolvedRawTypes().stream());
		return Stream.concat(members, parents)
			.filter((mentioned) -> !isApi(mentioned.getBaseComponentType()) && !isOfSpringOrJava(mentioned))
			.map(JavaClass::getName)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Stream<JavaClass> mentioned(JavaCodeUnit unit) {
		return Stream.of(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
			.flatMap((types) -> types)
			.flatMap((type) -> type.getAllInvolvedRawTypes().stream());
	}

	private static boolean isOpen(JavaMember member) {
		return member.getModifiers().contains(JavaModifier.PUBLIC)
				|| member.getModifiers().contains(JavaModifier.PROTECTED);
	}

	private static boolean isOpen(JavaClass type) {
		return type.getModifiers().contains(JavaModifier.PUBLIC)
				&& type.getEnclosingClass().map(ArchitectureTests::isOpen).orElse(true);
	}

	private static boolean isApi(JavaClass type) {
		return isOurs(type) && API.contains(relative(type.getPackageName()));
	}

	private static boolean isOfSpringOrJava(JavaClass type) {
		JavaClass plain = type.getBaseComponentType();
		return plain.isPrimitive()
				|| JavaClass.Predicates.resideInAnyPackage("java..", "org.springframework..", "org.jspecify..")
					.test(plain);
	}

	@ParameterizedTest
	@MethodSource("packages")
	void packageSaysWhetherItIsApi(String name) throws IOException {
		String sentence = API.contains(relative(name)) ? "Part of the API of the starter." : "Internal to the starter.";
		assertThat(Files.readString(source(name + ".package-info")).replaceAll("\\s+\\*?\\s*", " ")).contains(sentence);
	}

	@Test
	void listenersInApiPackagesSayThatTheyAreInside() throws IOException {
		List<JavaClass> listeners = CLASSES.stream()
			.filter((type) -> isApi(type) && type.isInterface() && type.getSimpleName().endsWith("Listener"))
			.toList();
		assertThat(listeners).isNotEmpty();
		for (JavaClass listener : listeners) {
			assertThat(source(listener.getName())).content().contains(" * Listener inside the starter for ");
		}
	}

	@Test
	void wherePublicMethodsTakeListenersTheySayThatTheseAreInside() throws IOException {
		List<JavaClass> types = CLASSES.stream()
			.filter((type) -> isApi(type) && type.getMethods()
				.stream()
				.anyMatch((method) -> "addListener".equals(method.getName())
						&& method.getModifiers().contains(JavaModifier.PUBLIC)))
			.toList();
		assertThat(types).isNotEmpty();
		for (JavaClass type : types) {
			assertThat(source(type.getName())).content().contains(" * Add a listener inside the starter; ");
		}
	}

	@Test
	void buildLooksAtTheApiAlone() throws IOException {
		List<String> packages = API.stream().sorted().map((name) -> ROOT + "." + name).toList();
		assertThat(Path.of("..", "pom.xml")).content()
			.contains("<api.javadoc>" + String.join(":", packages) + "</api.javadoc>")
			.contains("<api.japicmp>" + String.join(";", packages) + "</api.japicmp>");
	}

	@Test
	void contributorsAreGivenTheApi() throws IOException {
		String list = API.stream()
			.filter((name) -> !"test".equals(name))
			.sorted()
			.map((name) -> "`" + name + "`")
			.collect(Collectors.joining(", "));
		String text = Files.readString(Path.of("..", "CONTRIBUTING.md")).replaceAll("\\s+", " ");
		assertThat(text).contains("The API is " + list + " and `test`");
	}

	private static Path source(String type) {
		return Path.of("src", "main", "java").resolve(type.replace('.', '/') + ".java");
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void coreKnowsNeitherHttpNorAutoConfiguration() {
		classes().that()
			.resideInAnyPackage(CORE.stream().map((name) -> ROOT + "." + name).toArray(String[]::new))
			.should()
			.onlyDependOnClassesThat(DescribedPredicate.describe("are ours or of the core's libraries",
					(type) -> isOurs(type) || type.isPrimitive() || type.isArray()
							|| JavaClass.Predicates.resideInAnyPackage(CORE_LIBRARIES).test(type)))
			.check(CLASSES);
	}

	@ParameterizedTest
	@FieldSource("LIBRARIES")
	void libraryIsKnownToItsPackagesAlone(String library) {
		Set<String> known = KNOWN_BY.get(library);
		noClasses()
			.that(DescribedPredicate.describe("are not in " + known,
					(JavaClass type) -> !known.contains(relative(type.getPackageName()))))
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library + "..")
			.check(CLASSES);
	}

	static final List<String> LIBRARIES = KNOWN_BY.keySet().stream().sorted().toList();

	@ParameterizedTest
	@MethodSource("packages")
	void packageIsNullMarked(String name) {
		assertThat(CLASSES.getPackage(name).isAnnotatedWith(NullMarked.class)).isTrue();
	}

	static Stream<String> packages() {
		return CLASSES.stream().map(JavaClass::getPackageName).distinct().sorted();
	}

	@Test
	void concreteClassesAreFinal() {
		classes().that(TOP_LEVEL).and(CONCRETE).should().haveModifier(JavaModifier.FINAL).check(CLASSES);
	}

	@Test
	void twoFifthsOfTheTypesArePackagePrivate() {
		List<JavaClass> types = CLASSES.stream().filter(TOP_LEVEL).toList();
		Set<String> open = types.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getName)
			.collect(Collectors.toCollection(TreeSet::new));
		double share = 1 - (double) open.size() / types.size();
		assertThat(share).as("share of package-private types; public are %s", open)
			.isGreaterThanOrEqualTo(MIN_SHARE_OF_PACKAGE_PRIVATE);
	}

	@Test
	void nobodySleeps() {
		noClasses().should()
			.callMethodWhere(DescribedPredicate.describe("sleeps", (call) -> "sleep".equals(call.getName())))
			.check(CLASSES);
	}

	@Test
	void clocksAreReadInOnePlace() {
		noClasses().that()
			.doNotHaveFullyQualifiedName(ROOT + ".time.SystemTimeSource")
			.and()
			.doNotHaveFullyQualifiedName(HANDS_ON_A_CLOCK)
			.should()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethodWhere(DescribedPredicate.describe("asks java.time for now",
					(call) -> "now".equals(call.getName())
							&& call.getTargetOwner().getPackageName().startsWith("java.time")))
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Clock.class)
			.check(CLASSES);
	}

	@Test
	void nothingIsPrintedButManifests() {
		noClasses().that()
			.resideOutsideOfPackage(ROOT + ".autoconfigure.manifest")
			.should()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err")
			.orShould()
			.callMethod(Throwable.class, "printStackTrace")
			.check(CLASSES);
	}

	@Test
	void staticFieldsAreFinal() {
		fields().that().areStatic().should().beFinal().check(CLASSES);
	}

	@Test
	void nothingIsInjectedIntoFields() {
		noFields().should()
			.beAnnotatedWith(DescribedPredicate.<JavaAnnotation<?>>describe("of injection",
					(annotation) -> Set.of("Autowired", "Value", "Inject", "Resource")
						.contains(annotation.getRawType().getSimpleName())))
			.check(CLASSES);
	}

	@Test
	void nothingIsScannedFor() {
		noClasses().should()
			.beMetaAnnotatedWith(ComponentScan.class)
			.orShould()
			.beAnnotatedWith(Component.class)
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsArePublicFinalAndNamedSo() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.andShould()
			.resideInAPackage(ROOT + ".autoconfigure..")
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsAreAllRegistered() {
		List<String> registered = ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith(ROOT))
			.toList();
		assertThat(CLASSES.stream().filter((type) -> type.isAnnotatedWith(AutoConfiguration.class)))
			.extracting(JavaClass::getName)
			.containsExactlyInAnyOrderElementsOf(registered);
	}

	@Test
	void beanMethodsArePackagePrivateAndNamedForTheStarter() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.bePackagePrivate()
			.andShould()
			.haveNameStartingWith("health")
			.andShould()
			.beDeclaredInClassesThat()
			.areMetaAnnotatedWith(Configuration.class)
			.check(CLASSES);
		assertThat(CLASSES.stream()
			.flatMap((type) -> type.getMethods().stream())
			.filter((method) -> method.isAnnotatedWith(Bean.class)))
			.allSatisfy((method) -> assertThat(method.getAnnotationOfType(Bean.class).value()).isEmpty());
	}

	private static Set<String> with(Set<String> packages, String... others) {
		return Stream.concat(packages.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
	}

	private static boolean isOurs(JavaClass type) {
		return type.getPackageName().startsWith(ROOT);
	}

	private static String relative(String packageName) {
		return packageName.equals(ROOT) ? ""
				: packageName.substring(packageName.startsWith(ROOT) ? ROOT.length() + 1 : 0);
	}

}
