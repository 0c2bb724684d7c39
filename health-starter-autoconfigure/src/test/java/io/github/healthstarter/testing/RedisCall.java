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

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One command to a Redis on a connection of its own, in the protocol of Redis (RESP).
 */
final class RedisCall {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private RedisCall() {
	}

	/**
	 * Sends the command and returns its reply as text: an error begins with {@code -},
	 * and of an array there is only its size, after {@code *}.
	 */
	static String send(String host, int port, String... command) throws IOException {
		try (Socket socket = new Socket()) {
			socket.setSoTimeout((int) LIMIT.toMillis());
			socket.connect(new InetSocketAddress(host, port), (int) LIMIT.toMillis());
			socket.getOutputStream().write(encode(command));
			return read(new BufferedInputStream(socket.getInputStream()));
		}
	}

	private static byte[] encode(String... command) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(ascii("*" + command.length + "\r\n"));
		for (String word : command) {
			byte[] content = word.getBytes(StandardCharsets.UTF_8);
			bytes.writeBytes(ascii("$" + content.length + "\r\n"));
			bytes.writeBytes(content);
			bytes.writeBytes(ascii("\r\n"));
		}
		return bytes.toByteArray();
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static String read(InputStream input) throws IOException {
		String line = readLine(input);
		return switch (line.charAt(0)) {
			case '+', ':' -> line.substring(1);
			case '$' ->
				new String(input.readNBytes(Math.max(0, Integer.parseInt(line.substring(1)))), StandardCharsets.UTF_8);
			default -> line;
		};
	}

	private static String readLine(InputStream input) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = input.read(); next != '\r'; next = input.read()) {
			if (next < 0) {
				throw new EOFException("Redis closed the connection");
			}
			line.write(next);
		}
		input.read();
		return line.toString(StandardCharsets.UTF_8);
	}

}
