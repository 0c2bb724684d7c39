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

package io.github.healthstarter.autoconfigure.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.server.ProbeServer;
import io.github.healthstarter.server.ProbeServerSettings;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.DrainHeaders;

/**
 * Loads the classes of the probe server while its contract is still being prepared:
 * loading Netty takes most of the time from the prepared environment to the first answer.
 * Safe for use by any thread.
 */
public final class ProbeServerWarmUp {

	private static final Log logger = LogFactory.getLog(ProbeServerWarmUp.class);

	private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static final AtomicBoolean BEGUN = new AtomicBoolean();

	private ProbeServerWarmUp() {
	}

	/**
	 * Begin on a thread of its own, which ends within seconds. Only the first call of a
	 * process does so. A failure is left for the server itself to report.
	 */
	public static void begin() {
		if (!BEGUN.compareAndSet(false, true)) {
			return;
		}
		Thread thread = new Thread(ProbeServerWarmUp::warmUp, "health-server-warmup");
		thread.setDaemon(true);
		thread.start();
	}

	private static void warmUp() {
		try {
			serveOneRequest();
		}
		catch (IOException | RuntimeException | LinkageError ex) {
			logger.debug("Failed to warm up the probe server", ex);
		}
	}

	// On a port of the loopback interface, closed again at once, where every path is 404
	static byte[] serveOneRequest() throws IOException {
		InetAddress loopback = InetAddress.getLoopbackAddress();
		AccessRules rules = new AccessRules(List.of(), List.of(), null);
		ProbeServer server = new ProbeServer(new ProbeServerSettings(loopback, 0, 1, 1, LIMIT, LIMIT), (path) -> null,
				new AccessPolicy(() -> rules, Runnable::run),
				new DrainHeaders(new Lifecycle(TimeSource.system(), Duration.ZERO), () -> false));
		int port = server.start();
		try (Socket socket = new Socket(loopback, port)) {
			return ask(socket);
		}
		finally {
			server.close();
		}
	}

	private static byte[] ask(Socket socket) throws IOException {
		socket.setSoTimeout((int) LIMIT.toMillis());
		OutputStream output = socket.getOutputStream();
		output.write(REQUEST);
		output.flush();
		return socket.getInputStream().readAllBytes();
	}

}
