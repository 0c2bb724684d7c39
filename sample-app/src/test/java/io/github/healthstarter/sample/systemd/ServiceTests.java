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

package io.github.healthstarter.sample.systemd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.TestProcess;
import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.servers.Relay;
import io.github.healthstarter.sample.servers.SharedServers;
import io.github.healthstarter.sample.systemd.ServiceManager.Told;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a real process that takes this one for systemd.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class ServiceTests {

	private static final Duration WATCHDOG = Duration.ofSeconds(2);

	@TempDir
	private Path directory;

	private Path log;

	private Path configuration;

	private int port;

	@BeforeEach
	void prepare() throws IOException {
		this.log = this.directory.resolve("log");
		this.configuration = Files.writeString(this.directory.resolve("application.yml"),
				"health.checks.db.impact: informational");
		try (ServerSocket free = new ServerSocket(0)) {
			this.port = free.getLocalPort();
		}
	}

	@Test
	void wholeLifeOfAServiceWhoseDependenciesGoDown() throws Exception {
		try (Relay postgres = Relay.to(SharedServers.postgresPort());
				Relay redis = Relay.to(SharedServers.redisPort());
				ServiceManager manager = ServiceManager.listen();
				JavaProcess service = start(manager, "-Dmodel.millis=4000", postgres.port(), redis.port())) {
			TestProcess process = new TestProcess(service.process().pid());
			manager.await((told) -> told.get("STATUS").matches("Starting: beans .*waiting for 'modelLoader' for 2s"));
			process.signal("HUP");
			Told ready = manager.await(ServiceTests::isReady);
			assertThat(ready.assignments()).containsEntry("MAINPID", String.valueOf(service.process().pid()));
			assertThat(manager.told()).anyMatch((told) -> told.assignments().containsKey("EXTEND_TIMEOUT_USEC"));
			manager.awaitCount(ServiceTests::isReady, 2);
			manager.await((told) -> told.get("STATUS").equals("Running"));
			postgres.cut();
			redis.cut();
			manager.await((told) -> told.get("STATUS").startsWith("Failing: redis: "));
			long fed = manager.told().stream().filter(ServiceTests::isFood).count();
			reload(manager, process);
			manager.awaitCount(ServiceTests::isFood, (int) fed + 4);
			stop(manager, process);
			assertThat(service.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(service.process().exitValue()).isEqualTo(143);
			assertGaps(manager.told());
			assertThat(manager.told()).filteredOn(ServiceTests::isReady).hasSize(3);
		}
	}

	private void reload(ServiceManager manager, TestProcess process) throws IOException {
		Files.writeString(this.configuration, "health.checks.db.impact: required");
		process.signal("HUP");
		manager.awaitCount(ServiceTests::isReady, 3);
		List<Told> reloading = manager.told().stream().filter((told) -> told.says("RELOADING", "1")).toList();
		assertThat(reloading).as("the first was asked for during the start").hasSize(2).allSatisfy((told) -> {
			long nanos = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(told.get("MONOTONIC_USEC")));
			assertThat(Duration.ofNanos(told.nanos() - nanos).abs()).isLessThan(Duration.ofSeconds(1));
		});
		manager.await((told) -> told.get("STATUS").contains("db: "));
	}

	private void stop(ServiceManager manager, TestProcess process) {
		process.signal("TERM");
		manager.await((told) -> told.says("STOPPING", "1"));
		assertThat(isListening()).as("STOPPING=1 comes before the listener closes").isTrue();
		manager.await((told) -> told.get("STATUS").matches("Draining \\(SIGTERM\\) for [1-9]\\d*s: .*"));
		assertThat(manager.told()
			.stream()
			.filter((told) -> told.says("STOPPING", "1"))
			.findFirst()
			.orElseThrow()
			.assignments()).containsKey("EXTEND_TIMEOUT_USEC");
	}

	private boolean isListening() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isReady(Told told) {
		return told.says("READY", "1");
	}

	private static boolean isFood(Told told) {
		return told.says("WATCHDOG", "1");
	}

	private static void assertGaps(List<Told> all) {
		Told ready = all.stream().filter(ServiceTests::isReady).findFirst().orElseThrow();
		Told stopping = all.stream().filter((told) -> told.says("STOPPING", "1")).findFirst().orElseThrow();
		List<Long> moments = new ArrayList<>(List.of(ready.nanos()));
		all.stream()
			.filter(ServiceTests::isFood)
			.map(Told::nanos)
			.filter((nanos) -> nanos > ready.nanos() && nanos < stopping.nanos())
			.forEach(moments::add);
		for (int i = 1; i < moments.size(); i++) {
			assertThat(Duration.ofNanos(moments.get(i) - moments.get(i - 1)))
				.isLessThan(WATCHDOG.dividedBy(2).plusMillis(300));
		}
	}

	@Test
	void managerThatDoesNotReadHoldsNothingUp() throws Exception {
		try (ServiceManager manager = ServiceManager.deaf(); JavaProcess service = start(manager, "-Dmodel.millis=0")) {
			service.await(Pattern.compile("Started ServiceApplication"));
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> HttpConnection.ask(this.port, "GET", "/startupz").status() == 200);
			assertThat(HttpConnection.ask(this.port, "GET", "/healthz").status()).isEqualTo(200);
			manager.hear();
			manager.await(ServiceTests::isReady);
			stop(manager, new TestProcess(service.process().pid()));
			assertThat(service.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(service.process().exitValue()).isEqualTo(143);
		}
	}

	@Test
	void deadlockEndsTheWatchdogsFood() throws Exception {
		try (ServiceManager manager = ServiceManager.listen();
				JavaProcess service = start(manager, "-Ddeadlock.on.reload=true")) {
			manager.await(ServiceTests::isReady);
			new TestProcess(service.process().pid()).signal("HUP");
			Told triggered = manager.await((told) -> told.says("WATCHDOG", "trigger"));
			Told broken = manager.await((told) -> told.get("STATUS").startsWith("Broken: deadlock: "));
			assertThat(broken.get("STATUS")).contains("left").contains("right");
			assertThat(this.log).content().contains("threads are deadlocked");
			long fed = manager.told().stream().filter(ServiceTests::isFood).count();
			Awaitility.await()
				.pollDelay(Duration.ofMillis(2500))
				.until(() -> System.nanoTime() - triggered.nanos() > WATCHDOG.toNanos());
			assertThat(manager.told()).filteredOn(ServiceTests::isFood).hasSize((int) fed);
		}
	}

	@Test
	void outsideSystemdNothingOfItIsLoadedAndTheSignalEndsTheProcess() throws Exception {
		Path classes = this.directory.resolve("classes");
		Process process = new ProcessBuilder(command("-Xlog:class+load:file=" + classes)).redirectErrorStream(true)
			.redirectOutput(this.log.toFile())
			.start();
		try (JavaProcess application = new JavaProcess(process, this.log)) {
			application.await(Pattern.compile("Started ServiceApplication"));
			new TestProcess(process.pid()).signal("HUP");
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(129);
			assertThat(Files.readAllLines(classes)).anyMatch((line) -> line.contains("healthstarter.drain."))
				.filteredOn((line) -> line.contains("healthstarter.systemd.")
						|| line.contains("healthstarter.autoconfigure.systemd.") || line.contains("org.newsclub."))
				.isEmpty();
		}
	}

	private List<String> command(String option) {
		return List.of("env", "-u", "NOTIFY_SOCKET", "--default-signal=HUP",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), "-XX:TieredStopAtLevel=1", option,
				ServiceApplication.class.getName(), "--server.port=0",
				"--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none", "--spring.data.redis.port=1",
				"--spring.sql.init.mode=never");
	}

	private JavaProcess start(ServiceManager manager, String option) throws IOException {
		return start(manager, option, 1, 1);
	}

	private JavaProcess start(ServiceManager manager, String option, int postgres, int redis) throws IOException {
		return manager.start(this.log, WATCHDOG, List.of(option), "--server.port=" + this.port,
				"--spring.config.location=file:" + this.directory + "/",
				"--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + postgres + "/postgres",
				"--spring.datasource.username=postgres", "--spring.data.redis.port=" + redis,
				"--health.startup.await-checks=false", "--health.drain.min-wait=3s");
	}

}
