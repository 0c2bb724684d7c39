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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.reload.ReloadTrigger;
import io.github.healthstarter.reload.Reloader;
import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.RestrictedClassPath;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that Spring Cloud refreshes, with Spring Cloud on a class path of its own.
 */
class SpringCloudReloadTests {

	@TempDir
	private Path directory;

	@Test
	void springCloudRefreshesUnlessThereIsAMistake() throws IOException {
		Path library = Path.of(System.getProperty("spring-cloud-context.jar"));
		try (RestrictedClassPath classPath = RestrictedClassPath.with(library)) {
			Object greetings = classPath.call(Application.class, "greetings", this.directory.toString());
			assertThat((String) greetings).isEqualTo("hello, hallo, hallo");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Application {

		static String greetings(String... directory) throws IOException {
			Path file = Path.of(directory[0], "application.properties");
			Files.writeString(file, "greeting=hello");
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.registerShutdownHook(false)
				.run("--spring.config.location=file:" + directory[0] + "/", "--spring.main.banner-mode=off",
						"--logging.level.root=error")) {
				return greeting(context) + ", " + reloaded(context, file, "greeting=hallo") + ", "
						+ reloaded(context, file, "greeting=hei\nhealth.drain.max-wait=-1s");
			}
		}

		private static String reloaded(ConfigurableApplicationContext context, Path file, String properties)
				throws IOException {
			Files.writeString(file, properties);
			context.getBean(Reloader.class).request(ReloadTrigger.ACTUATOR).join();
			return greeting(context);
		}

		private static String greeting(ConfigurableApplicationContext context) {
			return context.getEnvironment().getRequiredProperty("greeting");
		}

	}

}
