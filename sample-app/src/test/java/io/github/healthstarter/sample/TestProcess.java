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

package io.github.healthstarter.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that a test looks at or sends signals to.
 *
 * @param pid its process id
 */
public record TestProcess(long pid) {

	public static TestProcess of(String pid) {
		return new TestProcess(Long.parseLong(pid));
	}

	/**
	 * Returns whether the process runs; one that ended and was not reaped does not.
	 * @return whether it runs
	 */
	public boolean isRunning() {
		return ProcessHandle.of(this.pid).flatMap((process) -> process.info().command()).isPresent();
	}

	/**
	 * Returns the directory that holds the process's executable.
	 * @return the directory
	 */
	public Path directory() {
		String executable = ProcessHandle.of(this.pid).orElseThrow().info().command().orElseThrow();
		return Objects.requireNonNull(Path.of(executable).getParent());
	}

	/**
	 * Returns the group that a terminal signals on Ctrl-C, on Linux.
	 * @return the process group
	 */
	public long group() {
		try {
			String stat = Files.readString(Path.of("/proc", String.valueOf(this.pid), "stat"));
			return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", 4)[2]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// SIGTERM without a further process, so that it is there when this returns
	public void signal(String name) {
		if (name.equals("TERM")) {
			assertThat(ProcessHandle.of(this.pid).orElseThrow().destroy()).isTrue();
		}
		else {
			kill(name);
		}
	}

	private void kill(String name) {
		try {
			Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(this.pid)).start();
			assertThat(kill.onExit().join().exitValue()).isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
