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

package io.github.healthstarter.sample.faults;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;

import redis.embedded.core.ExecutableProvider;

import io.github.healthstarter.sample.TestProcess;

/**
 * A Redis of which one test disposes. Killed when closed.
 *
 * @param process the process
 */
record RedisProcess(Process process) implements AutoCloseable {

	/**
	 * Unpacks the executable. No process may be started meanwhile: it would keep the file
	 * open for writing, and what is written to cannot be executed.
	 * @param directory the directory
	 * @return the executable
	 * @throws IOException if it cannot be written
	 */
	static Path unpack(Path directory) throws IOException {
		return ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
	}

	/**
	 * Starts a server and waits until it listens.
	 * @param executable the executable
	 * @param port its port on the loopback interface
	 * @return the server
	 * @throws IOException if it cannot be started
	 */
	static RedisProcess start(Path executable, int port) throws IOException {
		RedisProcess redis = new RedisProcess(new ProcessBuilder(executable.toString(), "--port", String.valueOf(port),
				"--bind", "127.0.0.1", "--save", "")
			.directory(executable.getParent().toFile())
			.redirectErrorStream(true)
			.redirectOutput(Redirect.DISCARD)
			.start());
		Probes.await().until(() -> isListening(port));
		return redis;
	}

	private static boolean isListening(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	void signal(String name) {
		new TestProcess(this.process.pid()).signal(name);
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
