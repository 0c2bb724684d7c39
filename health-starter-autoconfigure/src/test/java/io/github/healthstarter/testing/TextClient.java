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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A connection that text is sent on.
 */
final class TextClient implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final Socket socket;

	TextClient(String host, int port) throws IOException {
		this.socket = new Socket(host, port);
		this.socket.setSoTimeout((int) LIMIT.toMillis());
	}

	void send(String text) {
		sendBytes(text.getBytes(StandardCharsets.US_ASCII));
	}

	void sendBytes(byte[] bytes) {
		try {
			this.socket.getOutputStream().write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends the text and returns an answer of the same length.
	 */
	String exchange(String text) throws IOException {
		send(text);
		return receive(text.length());
	}

	String receive(int length) throws IOException {
		return new String(receiveBytes(length), StandardCharsets.US_ASCII);
	}

	byte[] receiveBytes(int length) throws IOException {
		return this.socket.getInputStream().readNBytes(length);
	}

	String receiveRest() throws IOException {
		return new String(this.socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
	}

	int read() throws IOException {
		return this.socket.getInputStream().read();
	}

	boolean isSilentFor(Duration time) throws IOException {
		this.socket.setSoTimeout((int) time.toMillis());
		try {
			read();
			return false;
		}
		catch (SocketTimeoutException ex) {
			return true;
		}
		finally {
			this.socket.setSoTimeout((int) LIMIT.toMillis());
		}
	}

	void shutdownOutput() throws IOException {
		this.socket.shutdownOutput();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
