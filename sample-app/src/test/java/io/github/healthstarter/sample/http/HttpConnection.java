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

package io.github.healthstarter.sample.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP/1.1 connection that hides nothing: it never sends a request a second time and
 * never connects again by itself. Not safe for use by several threads.
 */
public final class HttpConnection implements AutoCloseable {

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);

	private final Socket socket;

	private final InputStream input;

	private HttpConnection(Socket socket) throws IOException {
		this.socket = socket;
		this.input = new BufferedInputStream(socket.getInputStream());
	}

	/**
	 * Connects to a server on this machine.
	 * @param port the port
	 * @return the connection
	 * @throws IOException if nobody accepts it
	 */
	public static HttpConnection open(int port) throws IOException {
		Socket socket = new Socket();
		try {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(Math.toIntExact(READ_TIMEOUT.toMillis()));
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
					Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
			return new HttpConnection(socket);
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	/**
	 * Sends one request on a connection of its own.
	 * @param port the server's port
	 * @param method the method
	 * @param path the path
	 * @param headers lines such as {@code Accept: text/plain}
	 * @return the answer
	 * @throws IOException if there is no complete answer
	 */
	public static HttpAnswer ask(int port, String method, String path, String... headers) throws IOException {
		try (HttpConnection connection = open(port)) {
			return connection.send(request(method, path, headers));
		}
	}

	/**
	 * Writes a request down, once for all the times it is sent.
	 * @param method the method
	 * @param path the path
	 * @param headers lines such as {@code Accept: text/plain}
	 * @return the bytes to send
	 */
	public static byte[] request(String method, String path, String... headers) {
		List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "Host: localhost"));
		lines.addAll(List.of(headers));
		return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Sends a request and waits for its answer.
	 * @param request what {@link #request} returned
	 * @return the answer
	 * @throws IOException if there is no complete answer
	 */
	public HttpAnswer send(byte[] request) throws IOException {
		this.socket.getOutputStream().write(request);
		int status = Integer.parseInt(readLine().split(" ", 3)[1]);
		Map<String, List<String>> headers = new HashMap<>();
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			int colon = line.indexOf(':');
			headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), (name) -> new ArrayList<>())
				.add(line.substring(colon + 1).strip());
		}
		return new HttpAnswer(status, headers, new String(readBody(headers), StandardCharsets.UTF_8));
	}

	public int port() {
		return this.socket.getPort();
	}

	/**
	 * Returns whether the server has closed the connection while it was idle.
	 * @return whether it has, as HTTP allows
	 * @throws IOException if it did not end cleanly, or something came that nobody has
	 * asked for
	 */
	public boolean hasEnded() throws IOException {
		int readTimeout = this.socket.getSoTimeout();
		this.socket.setSoTimeout(1);
		try {
			int next = this.input.read();
			if (next >= 0) {
				throw new IOException("An answer that belongs to no request");
			}
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		finally {
			this.socket.setSoTimeout(readTimeout);
		}
	}

	private byte[] readBody(Map<String, List<String>> headers) throws IOException {
		if (headers.containsKey("transfer-encoding")) {
			return readChunks();
		}
		return readExactly(Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).get(0)));
	}

	private byte[] readChunks() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		int size;
		do {
			size = Integer.parseInt(readLine(), 16);
			body.writeBytes(readExactly(size));
			readLine();
		}
		while (size > 0);
		return body.toByteArray();
	}

	private byte[] readExactly(int length) throws IOException {
		byte[] bytes = this.input.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("The body ended after " + bytes.length + " of " + length + " bytes");
		}
		return bytes;
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.input.read(); next != '\n'; next = this.input.read()) {
			if (next < 0) {
				throw new EOFException("The connection ended where a line was expected");
			}
			line.append((char) next);
		}
		return line.toString().stripTrailing();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
