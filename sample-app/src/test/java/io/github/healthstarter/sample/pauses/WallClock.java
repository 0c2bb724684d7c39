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

package io.github.healthstarter.sample.pauses;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of a process, which can be set while its monotonic clock goes on.
 *
 * @param library the library that is loaded into the process
 * @param file the file with the distance to the machine's clock
 */
record WallClock(Path library, Path file) {

	static WallClock of(Path library, Path file) throws IOException {
		WallClock clock = new WallClock(library, file);
		clock.set(Duration.ZERO);
		return clock;
	}

	/**
	 * Returns the library, in the directory that Debian has it in.
	 * @return the library, if the package {@code faketime} is installed
	 */
	static Optional<Path> findLibrary() {
		try (Stream<Path> directories = Files.list(Path.of("/usr/lib"))) {
			return directories.map((directory) -> directory.resolve("faketime/libfaketimeMT.so.1"))
				.filter(Files::isReadable)
				.findFirst();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the command that runs another by this clock.
	 * @return the command
	 */
	List<String> launcher() {
		// By the last of these, the waits of a JVM, which are monotonic, stay as they are
		return List.of("env", "LD_PRELOAD=" + this.library, "FAKETIME_TIMESTAMP_FILE=" + this.file,
				"FAKETIME_NO_CACHE=1", "NO_FAKE_STAT=1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
				"FAKETIME_FORCE_MONOTONIC_FIX=0");
	}

	void set(Duration ahead) throws IOException {
		Path next = Files.writeString(this.file.resolveSibling("clock.next"), "%+d".formatted(ahead.toSeconds()));
		Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE);
	}

}
