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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a service of the systemd that manages this user's services already. None is
 * started for it.
 */
@Timeout(180)
class RealSystemdTests {

	private static final int FIRST_WITH_NOTIFY_RELOAD = 253;

	private final String unit = "health-starter-" + UUID.randomUUID() + ".service";

	@TempDir
	private Path directory;

	private boolean managed;

	@BeforeEach
	void findManager() throws Exception {
		String state;
		try {
			state = systemctl("is-system-running");
		}
		catch (IOException ex) {
			state = "there is no systemctl";
		}
		this.managed = List.of("running", "degraded").contains(state);
		Assumptions.assumeTrue(this.managed, "A systemd that manages this user's services is needed: 'systemctl --user"
				+ " is-system-running' has to say 'running' or 'degraded', and says '" + state + "'");
	}

	@AfterEach
	void stop() throws Exception {
		if (this.managed) {
			systemctl("stop", this.unit);
			systemctl("reset-failed", this.unit);
		}
	}

	@Test
	void serviceIsActiveWhenItIsReadyReloadedAndEndsInOrder() throws Exception {
		assertThat(run(command())).as("the unit is started").isNotNull();
		await().until(() -> show("StatusText"), (status) -> status.contains("modelLoader"));
		assertThat(show("ActiveState")).isEqualTo("activating");
		await().until(() -> show("ActiveState"), "active"::equals);
		assertThat(show("StatusText")).matches("(Running|Failing: ).*");
		systemctl("reload", this.unit);
		await().untilAsserted(() -> assertThat(file("log")).content().contains("Reload requested by SIGHUP"));
		await().until(() -> show("ActiveState"), "active"::equals);
		systemctl("stop", this.unit);
		assertThat(file("result")).content().isEqualToIgnoringNewLines("success exited 143");
	}

	private List<String> command() throws Exception {
		int version = Integer.parseInt(run(List.of("systemctl", "--version")).split("\\D+", 3)[1]);
		// When it has ended in order, systemd forgets it at once
		Files.writeString(file("ended.sh"),
				"echo \"$SERVICE_RESULT $EXIT_CODE $EXIT_STATUS\" > '" + file("result") + "'");
		List<String> command = new ArrayList<>(List.of("systemd-run", "--user", "--no-block", "--unit=" + this.unit,
				"--property=WatchdogSec=10", "--property=TimeoutStartSec=60", "--property=TimeoutStopSec=60",
				"--property=SuccessExitStatus=143", "--property=StandardOutput=file:" + file("log"),
				"--property=ExecStopPost=/bin/sh " + file("ended.sh")));
		if (version >= FIRST_WITH_NOTIFY_RELOAD) {
			command.add("--property=Type=notify-reload");
		}
		else {
			command.addAll(List.of("--property=Type=notify", "--property=ExecReload=/bin/kill -HUP $MAINPID"));
		}
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), "-XX:TieredStopAtLevel=1", "-Dmodel.millis=4000",
				ServiceApplication.class.getName(), "--server.port=0",
				"--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none", "--spring.data.redis.port=1",
				"--spring.sql.init.mode=never", "--health.startup.await-checks=false"));
		return command;
	}

	private String show(String property) throws Exception {
		return systemctl("show", "--property=" + property, "--value", this.unit);
	}

	private static String systemctl(String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of("systemctl", "--user"));
		command.addAll(List.of(arguments));
		return run(command);
	}

	private static String run(List<String> command) throws Exception {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		process.waitFor();
		return output;
	}

	private Path file(String name) {
		return this.directory.resolve(name);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

}
