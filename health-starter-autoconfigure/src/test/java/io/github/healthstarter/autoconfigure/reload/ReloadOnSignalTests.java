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

package io.github.healthstarter.autoconfigure.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.reload.ReloadTrigger;
import io.github.healthstarter.reload.Reloader;
import io.github.healthstarter.signal.ReloadSignal;
import io.github.healthstarter.testing.ManualInstance;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link ReloadOnSignal}, with real signals.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class ReloadOnSignalTests {

	private final ManualTime time = new ManualTime();

	@AutoClose
	private final HealthInstance instance = ManualInstance.create(this.time, AccessRules.LOOPBACK,
			DrainSettings.DEFAULT);

	private final List<ReloadTrigger> reloads = new CopyOnWriteArrayList<>();

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	ReloadOnSignalTests() {
		register(this.beans, this.instance, this.reloads);
	}

	private void register(DefaultListableBeanFactory beans, HealthInstance instance, List<ReloadTrigger> reloads) {
		beans.registerSingleton("instance", instance);
		beans.registerSingleton("reloader",
				new Reloader(reloads::add, Throwable::toString, new ManualScheduler(this.time), this.time));
	}

	@Test
	void signalReloadsOnceTheApplicationHasStarted() throws Exception {
		assumeThat(isHangupIgnored()).as("SIGHUP is ignored, as nohup has it").isFalse();
		try (ReloadSignal signal = new ReloadSignal()) {
			this.beans.registerSingleton(ReloadOnSignal.SIGNAL, signal);
			ReloadOnSignal.connect(this.beans, this.instance);
			raise();
			this.time.runDue();
			assertThat(this.reloads).as("while the application starts").isEmpty();
			this.instance.lifecycle().ready();
			awaitReloads(1);
			raise();
			awaitReloads(2);
		}
	}

	@Test
	void signalOfAParentIsNotTakenByAChild() throws Exception {
		assumeThat(isHangupIgnored()).as("SIGHUP is ignored, as nohup has it").isFalse();
		DefaultListableBeanFactory child = new DefaultListableBeanFactory(this.beans);
		List<ReloadTrigger> reloadsOfChild = new CopyOnWriteArrayList<>();
		try (ReloadSignal signal = new ReloadSignal();
				HealthInstance childInstance = ManualInstance.create(this.time, AccessRules.LOOPBACK,
						DrainSettings.DEFAULT)) {
			register(child, childInstance, reloadsOfChild);
			this.beans.registerSingleton(ReloadOnSignal.SIGNAL, signal);
			ReloadOnSignal.connect(this.beans, this.instance);
			ReloadOnSignal.connect(child, childInstance);
			this.instance.lifecycle().ready();
			childInstance.lifecycle().ready();
			raise();
			awaitReloads(1);
			assertThat(reloadsOfChild).isEmpty();
		}
	}

	@Test
	void childWithTheInstanceOfItsParentHasTheSignalAsWell() throws Exception {
		assumeThat(isHangupIgnored()).as("SIGHUP is ignored, as nohup has it").isFalse();
		DefaultListableBeanFactory parent = new DefaultListableBeanFactory();
		parent.registerSingleton("instance", this.instance);
		this.beans.setParentBeanFactory(parent);
		try (ReloadSignal signal = new ReloadSignal()) {
			parent.registerSingleton(ReloadOnSignal.SIGNAL, signal);
			ReloadOnSignal.connect(this.beans, this.instance);
			this.instance.lifecycle().ready();
			raise();
			awaitReloads(1);
		}
	}

	@Test
	void withoutTheSignalNothingIsConnected() {
		ReloadOnSignal.connect(this.beans, this.instance);
		this.instance.lifecycle().ready();
		this.time.runDue();
		assertThat(this.reloads).isEmpty();
	}

	private void awaitReloads(int count) {
		Awaitility.await().pollInSameThread().untilAsserted(() -> {
			this.time.runDue();
			assertThat(this.reloads).hasSize(count).containsOnly(ReloadTrigger.SIGHUP);
		});
	}

	// The JVM leaves it ignored then
	private static boolean isHangupIgnored() throws IOException {
		Path status = Path.of("/proc/self/status");
		return Files.exists(status) && Files.readAllLines(status)
			.stream()
			.filter((line) -> line.startsWith("SigIgn:"))
			.anyMatch((line) -> (Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16) & 1) != 0);
	}

	private static void raise() throws IOException, InterruptedException {
		String pid = String.valueOf(ProcessHandle.current().pid());
		assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
	}

}
