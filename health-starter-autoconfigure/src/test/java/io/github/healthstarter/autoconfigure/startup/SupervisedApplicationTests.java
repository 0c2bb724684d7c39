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

package io.github.healthstarter.autoconfigure.startup;

import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.reload.ReloadTrigger;
import io.github.healthstarter.reload.Reloader;
import io.github.healthstarter.signal.ReloadSignal;
import io.github.healthstarter.systemd.SystemdService;
import io.github.healthstarter.testing.EnableWithoutDependencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of applications that systemd supervises, with a real socket.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class SupervisedApplicationTests {

	private File file;

	private AFUNIXDatagramSocket manager;

	@BeforeEach
	void listen() throws IOException {
		this.file = Files.createTempDirectory("hs").resolve("notify").toFile();
		this.manager = AFUNIXDatagramSocket.newInstance();
		this.manager.bind(AFUNIXSocketAddress.of(this.file));
		this.manager.setSoTimeout(20_000);
	}

	@AfterEach
	void close() throws IOException {
		this.manager.close();
		Files.deleteIfExists(this.file.toPath());
		Files.delete(this.file.toPath().getParent());
	}

	@Test
	void lifeIsToldInItsOrder() throws IOException {
		try (ConfigurableApplicationContext context = start(Application.class, "NOTIFY_SOCKET=" + this.file)) {
			assertThat(await("STATUS=")).startsWith("STATUS=Starting: ");
			assertThat(await("READY=1")).contains("\nMAINPID=" + ProcessHandle.current().pid());
			assertThat(context.getBean(Reloader.class).request(ReloadTrigger.ACTUATOR).join().failure()).isNull();
			assertThat(await("RELOADING=1")).contains("\nMONOTONIC_USEC=");
			await("READY=1");
		}
		await("STOPPING=1");
	}

	@Test
	void startThatFailsIsTold() throws IOException {
		assertThatThrownBy(() -> start(Failing.class, "NOTIFY_SOCKET=" + this.file)).isNotNull();
		assertThat(await("STATUS=Failed")).contains("Failed to instantiate");
	}

	@Test
	void nothingIsToldWhereItIsNotWanted() {
		try (ConfigurableApplicationContext context = start(Application.class, "NOTIFY_SOCKET=" + this.file,
				"health.systemd.enabled=false")) {
			assertThat(context.getBeanProvider(SystemdService.class).getIfAvailable()).isNull();
			assertThat(context.getBeanProvider(ReloadSignal.class).getIfAvailable()).isNull();
		}
	}

	@Test
	void signalIsFollowedWhereItIsWanted() {
		try (ConfigurableApplicationContext context = start(Application.class, "health.reload.signal=true")) {
			assertThat(context.getBeanProvider(ReloadSignal.class).getIfAvailable()).isNotNull();
		}
		try (ConfigurableApplicationContext context = start(Application.class, "NOTIFY_SOCKET=" + this.file,
				"health.reload.signal=false")) {
			assertThat(context.getBeanProvider(ReloadSignal.class).getIfAvailable()).isNull();
			assertThat(context.getBeanProvider(SystemdService.class).getIfAvailable()).isNotNull();
		}
	}

	@Test
	void socketThatIsNotThereIsOneWarningAndNoHarm(CapturedOutput output) {
		start(Application.class, "NOTIFY_SOCKET=" + this.file + ".gone").close();
		assertThat(output).containsOnlyOnce("systemd cannot be told");
	}

	private String await(String beginning) throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
		String text;
		do {
			packet.setLength(4096);
			this.manager.receive(packet);
			text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
		}
		while (!text.startsWith(beginning));
		return text;
	}

	private static ConfigurableApplicationContext start(Class<?> application, String... properties) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties(properties)
			.properties("spring.main.banner-mode=off")
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Failing {

		Failing(@Autowired(required = false) Runnable model) {
			throw new IllegalStateException("no model");
		}

	}

}
