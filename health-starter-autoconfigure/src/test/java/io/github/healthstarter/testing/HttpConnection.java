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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import javax.net.ssl.SSLContext;

/**
 * A client's connection of HTTP/1.1 that sends what it is told, to the letter, and shows
 * what came back. One thread at a time.
 */
public final class HttpConnection implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(15);

	private static final int NO_CONTENT = 204;

	private final Socket socket;

	private final InputStream input;

	private HttpConnection(Socket socket) throws IOException {
		this.socket = socket;
		socket.setTcpNoDelay(true);
		socket.setSoTimeout((int) LIMIT.toMillis());
		this.input = new BufferedInputStream(socket.getInputStream());
	}

	/**
	 * Connects to a server on the IPv4 loopback address.
	 * @param port the server's port
	 * @return the open connection
	 */
	public static HttpConnection to(int port) {
		try {
			return new HttpConnection(new Socket(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connects to a server on the IPv4 loopback address from another of these addresses.
	 * @param address the client's address, such as {@code 127.0.0.2}
	 * @param port the server's port
	 * @return the open connection
	 */
	public static HttpConnection from(String address, int port) {
		try {
			return new HttpConnection(new Socket(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), port,
					InetAddress.getByName(address), 0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connects to a server that encrypts, on the IPv4 loopback address.
	 * @param port the server's port
	 * @param context whom to trust
	 * @return the open connection, before its handshake
	 */
	public static HttpConnection encrypted(int port, SSLContext context) {
		try {
			return new HttpConnection(context.getSocketFactory().createSocket("127.0.0.1", port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connects to a server that encrypts, from another of the loopback addresses.
	 * @param address the client's address, such as {@code 127.0.0.2}
	 * @param port the server's port
	 * @param context whom to trust
	 * @return the open connection, before its handshake
	 */
	public static HttpConnection encrypted(String address, int port, SSLContext context) {
		try {
			return new HttpConnection(
					context.getSocketFactory().createSocket("127.0.0.1", port, InetAddress.getByName(address), 0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends a request and waits for its answer.
	 * @param method the method
	 * @param target the target, usually a path
	 * @param headers lines such as {@code Accept: text/plain}; {@code Host} is added
	 * where it is missing
	 * @return the answer
	 */
	public HttpAnswer ask(String method, String target, String... headers) {
		send(method, target, headers);
		return receive("HEAD".equals(method));
	}

	/**
	 * Sends a request without waiting for its answer.
	 * @param method the method
	 * @param target the target, usually a path
	 * @param headers lines as for {@link #ask}
	 */
	public void send(String method, String target, String... headers) {
		StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
		if (List.of(headers).stream().noneMatch((header) -> header.startsWith("Host:"))) {
			request.append("Host: localhost:").append(this.socket.getPort()).append("\r\n");
		}
		List.of(headers).forEach((header) -> request.append(header).append("\r\n"));
		sendRaw(request + "\r\n");
	}

	/**
	 * Sends text as it is.
	 * @param text the text, which each byte of ISO-8859-1 stands for
	 */
	public void sendRaw(String text) {
		try {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits for the answer to a request that has been sent.
	 * @return the answer
	 */
	public HttpAnswer receive() {
		return receive(false);
	}

	/**
	 * Waits for the head of an answer, be it one that another follows.
	 * @return the answer without a body
	 */
	public HttpAnswer receiveHead() {
		return receive(true);
	}

	private HttpAnswer receive(boolean head) {
		try {
			int status = Integer.parseInt(line().split(" ", 3)[1]);
			Map<String, List<String>> headers = headers();
			String body = (head || status == NO_CONTENT) ? "" : body(headers);
			return new HttpAnswer(status, headers, body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, List<String>> headers() throws IOException {
		Map<String, List<String>> headers = new TreeMap<>();
		for (String line = line(); !line.isEmpty(); line = line()) {
			int colon = line.indexOf(':');
			headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), (name) -> new ArrayList<>())
				.add(line.substring(colon + 1).strip());
		}
		return headers;
	}

	private String body(Map<String, List<String>> headers) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		if (headers.containsKey("transfer-encoding")) {
			for (int size = chunkSize(); size > 0; size = chunkSize()) {
				body.write(this.input.readNBytes(size));
				line();
			}
			line();
		}
		else if (headers.containsKey("content-length")) {
			body.write(this.input.readNBytes(Integer.parseInt(headers.get("content-length").get(0))));
		}
		else {
			body.write(this.input.readAllBytes());
		}
		return body.toString(StandardCharsets.UTF_8);
	}

	private int chunkSize() throws IOException {
		return Integer.parseInt(line(), 16);
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = this.input.read(); next != '\n'; next = this.input.read()) {
			if (next < 0) {
				throw new EOFException("The server closed the connection after '" + line + "'");
			}
			line.write(next);
		}
		return line.toString(StandardCharsets.ISO_8859_1).strip();
	}

	/**
	 * Tells the server that nothing more is sent.
	 */
	public void finish() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Whether a part of an answer is there to be read.
	 * @return {@code false} where it would have to be waited for
	 */
	public boolean hasAnswer() {
		try {
			return this.input.available() > 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits for all that comes until the server closes or resets the connection.
	 * @return what came, each byte as a character of ISO-8859-1
	 */
	public String receiveAll() {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		try {
			this.input.transferTo(received);
		}
		catch (SocketException ex) {
			// What has come has come
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return received.toString(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Waits for the server's close.
	 * @return whether the connection ended with nothing more to read
	 */
	public boolean endsHere() {
		try {
			return this.input.read() < 0;
		}
		catch (SocketException ex) {
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Waits for the server's close, which is not to be a reset.
	 * @return whether the connection ended in order, with nothing more to read
	 */
	public boolean endsInOrder() {
		try {
			return this.input.read() < 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
