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

package io.github.healthstarter.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis from the embedded binaries, in a process and a directory of its own. It does not
 * go through {@code RedisServer}, which cannot be killed and takes a server that is still
 * loading for one that failed to start.
 */
final class EmbeddedRedis implements RedisBackend {

	private static final long STOP_SECONDS = 10;

	private final Path directory;

	private final Path log;

	private final List<String> command = new ArrayList<>();

	private @Nullable Process process;

	EmbeddedRedis(int port, List<String> configuration) {
		List<String> lines = new ArrayList<>(List.of("bind 127.0.0.1", "port " + port, "save \"\""));
		lines.addAll(configuration);
		this.command.addAll(List.of(Binary.PATH, "redis.conf"));
		if (configuration.stream().anyMatch((line) -> line.startsWith("sentinel "))) {
			this.command.add("--sentinel");
		}
		try {
			this.directory = Files.createTempDirectory("test-redis-");
			this.log = this.directory.resolve("redis.log");
			Files.write(this.directory.resolve("redis.conf"), lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String host() {
		return "127.0.0.1";
	}

	@Override
	public void start() {
		try {
			this.process = new ProcessBuilder(this.command).directory(this.directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void stop() {
		end(Process::destroy);
	}

	@Override
	public void kill() {
		end(Process::destroyForcibly);
	}

	private void end(Consumer<Process> how) {
		Process running = this.process;
		if (running == null) {
			return;
		}
		how.accept(running);
		try {
			if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
				running.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.process != null && this.process.isAlive();
	}

	@Override
	public String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Override
	public void dispose() {
		kill();
		try (Stream<Path> files = Files.walk(this.directory)) {
			files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class Binary {

		static final String PATH = extract();

		private static String extract() {
			try {
				return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
