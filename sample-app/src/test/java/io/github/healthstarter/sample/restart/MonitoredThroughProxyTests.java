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

package io.github.healthstarter.sample.restart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.sample.SampleProcess;
import io.github.healthstarter.sample.http.HttpConnection;
import io.github.healthstarter.sample.servers.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A HAProxy that needs three failures of its own checks, and a monitor that asks for
 * readiness through it, much more often: both come from one address.
 */
class MonitoredThroughProxyTests {

	private static final Duration INTERVAL = Duration.ofSeconds(2);

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final List<String> SMALL = List.of("-Xmx128m", "-XX:+UseSerialGC");

	private static final int BURST = 4;

	private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);

	private final List<String> answers = new CopyOnWriteArrayList<>();

	private final List<Future<?>> clients = new ArrayList<>();

	private final AtomicInteger monitored = new AtomicInteger();

	@TempDir
	private Path directory;

	@BeforeAll
	static void assumeHaProxy() {
		assumeThat(HaProxy.executable()).as("haproxy is installed").isPresent();
	}

	@Test
	void drainLastsUntilTheProxyItselfHasSeenTheFailures() throws Exception {
		try (SampleProcess ending = start(); SampleProcess other = start(); HaProxy proxy = proxy(ending, other)) {
			// Three checks or more, so that their rhythm is known
			await().until(() -> proxy.isUpFor(ending.port(), INTERVAL.multipliedBy(4)));
			startMonitor(proxy);
			await().until(() -> this.monitored.get() >= 40);
			startUsers(proxy);
			ending.signal("TERM");
			await().pollInterval(Duration.ofMillis(20)).until(() -> proxy.isDown(ending.port()));
			assertThat(ending.isRunning()).as("running when the proxy takes it out").isTrue();
			assertThat(ending.exitCode(LIMIT)).isEqualTo(143);
			int before = this.answers.size();
			await().until(() -> this.answers.size() >= before + 2 * BURST);
			assertThat(this.answers).as("The proxy says: %s", Files.readString(proxy.log())).containsOnly("200");
			assertThat(this.clients).noneMatch(Future::isDone);
			assertDrainLasted(ending, INTERVAL.multipliedBy(2));
		}
		finally {
			this.clock.shutdownNow();
		}
	}

	// The first failure comes at once at the earliest, the third two intervals later
	private static void assertDrainLasted(SampleProcess ended, Duration least) {
		String millis = ended.awaitLog("Shutdown: trigger=SIGTERM drain=quiesced drainMillis=(\\d+)").group(1);
		assertThat(Duration.ofMillis(Long.parseLong(millis))).isGreaterThan(least.minusMillis(100));
	}

	private SampleProcess start() throws IOException {
		int port = FreePorts.find(1).get(0);
		return SampleProcess.start(this.directory.resolve(port + ".log"), SMALL, "--server.port=" + port);
	}

	private HaProxy proxy(SampleProcess... instances) throws IOException {
		List<Integer> ports = List.of(instances[0].port(), instances[1].port());
		return HaProxy.start(this.directory, "/readyz", "inter " + INTERVAL.toSeconds() + "s fall 3 rise 1", ports);
	}

	private void startMonitor(HaProxy proxy) {
		this.clients.add(this.clock.scheduleAtFixedRate(() -> {
			ask(proxy, "/readyz");
			this.monitored.incrementAndGet();
		}, 0, 50, TimeUnit.MILLISECONDS));
	}

	// So few that there is a quiet period between them, and enough for both instances
	private void startUsers(HaProxy proxy) {
		this.clients.add(this.clock.scheduleAtFixedRate(() -> {
			for (int i = 0; i < BURST; i++) {
				this.answers.add(ask(proxy, "/orders"));
			}
		}, 0, 1300, TimeUnit.MILLISECONDS));
	}

	private static String ask(HaProxy proxy, String path) {
		try {
			return String.valueOf(HttpConnection.ask(proxy.port(), "GET", path).status());
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(LIMIT);
	}

}
