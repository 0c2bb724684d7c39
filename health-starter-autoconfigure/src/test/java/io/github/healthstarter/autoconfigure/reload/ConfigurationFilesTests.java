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
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.autoconfigure.HealthProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConfigurationFiles}: what is read again is what a start would read.
 */
class ConfigurationFilesTests {

	private static final String QUIET = "health.drain.quiet-period: ";

	@TempDir
	private Path directory;

	@BeforeEach
	void configure() throws IOException {
		write("application.yml", "spring.config.import: [ './imported.yml', 'configtree:"
				+ this.directory.resolve("tree") + "/' ]\n" + QUIET + "1s\nhealth.drain.min-wait: 1s");
		write("imported.yml", QUIET + "2s");
		Files.createDirectories(this.directory.resolve("tree"));
	}

	@Test
	void importedFileGoesBeforeTheOneThatImportsIt() throws IOException {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(2));
			write("application.yml",
					"spring.config.import: './imported.yml'\n" + QUIET + "3s\nhealth.drain.min-wait: 3s");
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(2));
			write("imported.yml", QUIET + "4s");
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(4));
			write("imported.yml", "{}");
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(3));
		}
	}

	@Test
	void importThatHasComeAndOneThatHasGoneAreTakenUp() throws IOException {
		try (ConfigurableApplicationContext context = start()) {
			write("application.yml", "spring.config.import: './other.yml'\n" + QUIET + "3s");
			write("other.yml", QUIET + "5s");
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(5));
			write("application.yml", QUIET + "3s");
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(3));
		}
	}

	@Test
	void treeOfFilesIsReadAgain() throws IOException {
		write("tree/health.drain.quiet-period", "6s");
		try (ConfigurableApplicationContext context = start()) {
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(6));
			write("tree/health.drain.quiet-period", "7s");
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(7));
			write("application.yml", "spring.config.import: './imported.yml'");
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(2));
		}
	}

	@Test
	void filesOfProfilesGoBeforeThoseWithoutAndTheLastProfileWins() throws IOException {
		write("application-east.yml", QUIET + "8s");
		write("application-night.yml", "{}");
		try (ConfigurableApplicationContext context = start("--spring.profiles.active=east,night")) {
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(8));
			write("application-night.yml", QUIET + "9s");
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(9));
			write("application-west.yml", QUIET + "10s");
			assertThat(quietPeriod(context)).as("a profile that is not active").isEqualTo(Duration.ofSeconds(9));
		}
	}

	@Test
	void commandLineGoesBeforeAllFiles() throws IOException {
		try (ConfigurableApplicationContext context = start("--health.drain.quiet-period=11s")) {
			write("imported.yml", QUIET + "12s");
			assertThat(quietPeriod(context)).isEqualTo(Duration.ofSeconds(11));
		}
	}

	private Duration quietPeriod(ConfigurableApplicationContext context) {
		HealthProperties read = new ConfigurationFiles(context.getEnvironment(), context).read();
		String[] arguments = context.getBean(ApplicationArguments.class).getSourceArgs();
		try (ConfigurableApplicationContext anew = run(arguments)) {
			assertThat(read).as("what a start reads")
				.usingRecursiveComparison()
				.isEqualTo(HealthProperties.bind(anew.getEnvironment()));
		}
		return read.getDrain().settings().quietPeriod();
	}

	private ConfigurableApplicationContext start(String... arguments) {
		String[] all = new String[arguments.length + 1];
		all[0] = "--spring.config.location=file:" + this.directory + "/";
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		return run(all);
	}

	private static ConfigurableApplicationContext run(String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.logStartupInfo(false)
			.properties("spring.main.banner-mode=off")
			.run(arguments);
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.directory.resolve(name), text);
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
