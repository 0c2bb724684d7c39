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

package io.github.healthstarter.autoconfigure.manifest;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Prints a manifest instead of starting the application, where the command line asks for
 * that. Properties from elsewhere do not count: none that was left in a file is to keep
 * an application from starting.
 */
public final class ManifestPrinter {

	static final String ARGUMENT = "health.print";

	private final PrintStream out;

	private final PrintStream err;

	private final IntConsumer exit;

	/**
	 * Create a printer.
	 * @param out gets the manifest
	 * @param err gets what is wrong with the question
	 * @param exit ends the process, with an exit code
	 */
	ManifestPrinter(PrintStream out, PrintStream err, IntConsumer exit) {
		this.out = out;
		this.err = err;
		this.exit = exit;
	}

	/**
	 * Return the printer of this process.
	 * @return the printer
	 */
	public static ManifestPrinter ofProcess() {
		return new ManifestPrinter(System.out, System.err, Runtime.getRuntime()::exit);
	}

	/**
	 * Print a manifest and end the process, where that is asked for.
	 * @param application the application
	 * @param environment its environment, with all configuration files read
	 */
	public void printWhereAskedFor(SpringApplication application, ConfigurableEnvironment environment) {
		String name = asked(environment);
		if (name == null) {
			return;
		}
		Manifest manifest = Manifest.named(name);
		if (manifest != null) {
			this.out.print(manifest.print(Deployment.of(application, environment)));
			this.out.flush();
			this.exit.accept(0);
		}
		else {
			this.err.println("--" + ARGUMENT + "=" + name + ": there is no such manifest. Choose one of " + names());
			this.exit.accept(1);
		}
	}

	private static @Nullable String asked(ConfigurableEnvironment environment) {
		PropertySource<?> arguments = environment.getPropertySources()
			.get(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME);
		Object value = (arguments != null) ? arguments.getProperty(ARGUMENT) : null;
		return (value != null) ? value.toString() : null;
	}

	private static String names() {
		return Arrays.stream(Manifest.values())
			.map((manifest) -> manifest.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
	}

}
