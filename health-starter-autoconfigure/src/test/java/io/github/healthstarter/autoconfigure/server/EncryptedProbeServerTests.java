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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.StartupAttempt;
import io.github.healthstarter.testing.TestCertificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of applications whose probe server has an SSL bundle.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class EncryptedProbeServerTests {

	static final List<List<String>> UNUSABLE = List.of(
			List.of("jks.probes", "/nowhere.p12", "spring.ssl.bundle.jks.probes.keystore.location=/nowhere.p12",
					"spring.ssl.bundle.jks.probes.keystore.password=secret"),
			List.of("jks.probes", "BadPaddingException", "spring.ssl.bundle.jks.probes.keystore.location=${test.store}",
					"spring.ssl.bundle.jks.probes.keystore.password=wrong"),
			List.of("jks.probes", "There is no private key in it",
					"spring.ssl.bundle.jks.probes.truststore.location=${test.store}",
					"spring.ssl.bundle.jks.probes.truststore.password=secret"),
			List.of("jks.probes", "Unsupported CipherSuite: unknown",
					"spring.ssl.bundle.jks.probes.keystore.location=${test.store}",
					"spring.ssl.bundle.jks.probes.keystore.password=secret",
					"spring.ssl.bundle.jks.probes.options.ciphers=unknown"),
			List.of("pem.probes", "Private key in keystore matches none of the certificates",
					"spring.ssl.bundle.pem.probes.keystore.certificate=${test.mixed}",
					"spring.ssl.bundle.pem.probes.keystore.private-key=${test.mixed}"),
			List.of("pem.probes", "There is no private key in it",
					"spring.ssl.bundle.pem.probes.keystore.certificate=${test.mixed}"),
			List.of("pem.probes", "There is no private key in it",
					"spring.ssl.bundle.pem.probes.truststore.certificate=${test.mixed}"),
			List.of("pem.probes", "/nowhere.pem", "spring.ssl.bundle.pem.probes.keystore.certificate=/nowhere.pem",
					"spring.ssl.bundle.pem.probes.keystore.private-key=/nowhere.pem"));

	@TempDir
	private static Path directory;

	private static TestCertificate certificate;

	private static TestCertificate renewed;

	private static Path mixed;

	private static int port;

	private final Set<Thread> before = Thread.getAllStackTraces().keySet();

	private static @Nullable HttpAnswer whileStarting;

	@BeforeAll
	static void makeCertificate() throws IOException {
		certificate = TestCertificate.create(directory, "server");
		renewed = TestCertificate.create(directory, "renewed");
		mixed = renewed.writePem(directory.resolve("mixed.pem"), certificate);
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
	}

	private static String[] jks() {
		return new String[] { "health.server.port=" + port, "health.server.ssl.bundle=probes",
				"spring.ssl.bundle.jks.probes.keystore.location=" + certificate.file(),
				"spring.ssl.bundle.jks.probes.keystore.password=" + TestCertificate.PASSWORD,
				"spring.ssl.bundle.jks.probes.options.enabled-protocols=TLSv1.3" };
	}

	private static HttpAnswer ask(TestCertificate trusted, String path) {
		try (HttpConnection connection = HttpConnection.encrypted(port, trusted.context())) {
			return connection.ask("GET", path);
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(40)).ignoreExceptions();
	}

	@Test
	void probesAreEncryptedFromTheFirstSecondToTheLast() {
		try (ConfigurableApplicationContext context = StartupAttempt.plain(Curious.class).start(jks())) {
			assertThat(whileStarting).isNotNull();
			assertThat(whileStarting.json()).containsEntry("state", "starting");
			await().until(() -> ask(certificate, "/readyz").status() == 200);
			assertThat(context.isRunning()).isTrue();
			try (HttpConnection plain = HttpConnection.to(port)) {
				plain.send("GET", "/readyz");
				assertThat(plain.receiveAll()).doesNotContain("HTTP");
			}
		}
		assertThatThrownBy(() -> StartupAttempt.plain(Failing.class).start(jks())).isNotNull();
		assertThat(ask(certificate, "/readyz").json()).containsEntry("state", "failed");
		// It gives way to another that wants its port
		StartupAttempt.plain(Plain.class).start("health.server.port=" + port).close();
	}

	@Test
	void renewedCertificateIsUsedForNewConnectionsOnceItHasItsKey(CapturedOutput output) {
		Path pem = certificate.writePem(directory.resolve("server.pem"));
		try (ConfigurableApplicationContext context = StartupAttempt.plain(Plain.class)
			.start("health.server.port=" + port, "health.server.ssl.bundle=probes",
					"spring.ssl.bundle.watch.file.quiet-period=50ms",
					"spring.ssl.bundle.pem.probes.reload-on-update=true",
					"spring.ssl.bundle.pem.probes.keystore.certificate=" + pem,
					"spring.ssl.bundle.pem.probes.keystore.private-key=" + pem)) {
			try (HttpConnection before = HttpConnection.encrypted(port, certificate.context())) {
				assertThat(before.ask("GET", "/healthz").status()).isEqualTo(200);
				renewed.writePem(pem, certificate);
				await().until(() -> output.toString()
					.contains("The SSL bundle 'probes' was renewed and cannot be used; the probe server keeps its"
							+ " certificate"));
				assertThat(ask(certificate, "/healthz").status()).isEqualTo(200);
				renewed.writePem(pem);
				await().until(() -> ask(renewed, "/healthz").status() == 200);
				assertThat(before.ask("GET", "/healthz").status()).isEqualTo(200);
			}
			assertThat(context.isRunning()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.ssl.bundle.jks.other.keystore.location=server.p12", "ignored=true" })
	void bundleThatDoesNotExistIsExplained(String other, CapturedOutput output) {
		assertThatThrownBy(() -> StartupAttempt.plain(Plain.class)
			.start("health.server.port=0", "health.server.ssl.bundle=probes", other)).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START",
				"Property 'health.server.ssl.bundle' with the value 'probes' names no SSL bundle.",
				"Set 'spring.ssl.bundle.pem.probes.keystore.*'");
		assertNoThreads();
	}

	@ParameterizedTest
	@FieldSource("UNUSABLE")
	void bundleThatCannotBeUsedIsExplained(List<String> properties, CapturedOutput output) {
		String[] arguments = Stream
			.concat(Stream.of("health.server.port=0", "health.server.ssl.bundle=probes"), properties.stream().skip(2))
			.map((property) -> property.replace("${test.store}", certificate.file().toString())
				.replace("${test.mixed}", mixed.toString()))
			.toArray(String[]::new);
		assertThatThrownBy(() -> StartupAttempt.plain(Plain.class).start(arguments)).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START",
				"Property 'health.server.ssl.bundle' with the value 'probes' names an SSL bundle that cannot be used: ",
				properties.get(1), "Correct the properties under 'spring.ssl.bundle." + properties.get(0) + "'");
		assertNoThreads();
	}

	private void assertNoThreads() {
		await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> !this.before.contains(thread))
			.extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("health-")));
	}

	@Test
	void bundleIsMadeOnAnotherThread() throws Exception {
		CompletableFuture<Thread> made = new CompletableFuture<>();
		ApplicationProbeServer server = UnconnectedServer.create("test");
		server.listen(() -> {
			made.complete(Thread.currentThread());
			return certificate::engine;
		});
		try {
			assertThat(made.get(30, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
		}
		finally {
			server.close();
		}
	}

	@StarterOnly
	static class Plain {

	}

	@StarterOnly
	static class Curious {

		@Bean
		Object curious() {
			await().until(() -> {
				whileStarting = ask(certificate, "/startupz");
				return true;
			});
			return "curious";
		}

	}

	@StarterOnly
	static class Failing {

		@Bean
		Object failing() {
			throw new IllegalStateException("made to fail");
		}

	}

}
