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

package io.github.healthstarter.sample.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A shell that outlives the application for a moment, to stop its servers and delete
 * their files. It waits on a pipe that the application holds open, so it learns of every
 * end: a closed context, a halted JVM, {@code kill -9}.
 */
final class Janitor implements AutoCloseable {

	// SIGINT from a terminal goes to the whole process group, so it is ignored here.
	// PostgreSQL deletes its pid file last; one that is paused has to go on first.
	private static final String SCRIPT = """
			trap '' HUP INT QUIT TERM
			read -r _
			patience=200
			again() {
				patience=$((patience - 1))
				[ $patience -gt 0 ] && sleep 0.05
			}
			redis="$1/redis.pid"
			postgres="$1/postgres/postmaster.pid"
			[ -s "$redis" ] && kill -KILL "$(head -n 1 "$redis")"
			if [ -s "$postgres" ]; then
				pid=$(head -n 1 "$postgres")
				kill -QUIT "$pid" && kill -CONT "$pid"
				while [ -e "$postgres" ] && kill -0 "$pid" && again; do :; done
			fi
			until rm -rf "$1" || ! again; do :; done
			""";

	private final Process shell;

	private Janitor(Process shell) {
		this.shell = shell;
	}

	static Janitor of(Path directory) throws IOException {
		return new Janitor(
				new ProcessBuilder("sh", "-c", SCRIPT, "janitor", directory.toString()).redirectOutput(Redirect.DISCARD)
					.redirectError(Redirect.DISCARD)
					.start());
	}

	/**
	 * Have the servers stopped and their files deleted, and wait for that.
	 */
	@Override
	public void close() {
		try {
			this.shell.getOutputStream().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.shell.onExit().completeOnTimeout(this.shell, 15, TimeUnit.SECONDS).join();
	}

}
