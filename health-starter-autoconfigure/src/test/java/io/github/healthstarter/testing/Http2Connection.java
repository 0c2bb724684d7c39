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

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's connection of HTTP/2 that shows which frames come back.
 */
public final class Http2Connection implements AutoCloseable {

	/**
	 * The type of frames of data.
	 */
	public static final int DATA = 0;

	/**
	 * The type of frames of headers.
	 */
	public static final int HEADERS = 1;

	private static final int SETTINGS = 4;

	/**
	 * The type of frames of the end of a connection.
	 */
	public static final int GOAWAY = 7;

	private static final int END_STREAM = 0x1;

	private static final int END_STREAM_AND_HEADERS = 0x5;

	private static final byte[] AUTHORITY = "localhost".getBytes(StandardCharsets.US_ASCII);

	private final Socket socket;

	private final DataInputStream input;

	private int lastStream = -1;

	private Http2Connection(Socket socket) throws IOException {
		this.socket = socket;
		this.input = new DataInputStream(socket.getInputStream());
	}

	/**
	 * Connects to a server on the loopback address that expects HTTP/2.
	 * @param port the server's port
	 * @return the open connection
	 * @throws IOException if there is no server
	 */
	public static Http2Connection to(int port) throws IOException {
		Http2Connection connection = new Http2Connection(new Socket(InetAddress.getLoopbackAddress(), port));
		connection.socket.setSoTimeout(15_000);
		connection.socket.getOutputStream()
			.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		connection.send(SETTINGS, 0, 0, new byte[0]);
		return connection;
	}

	/**
	 * Sends a request and waits for the end of its answer.
	 * @param path the path
	 * @return the types of the frames that came until then
	 * @throws IOException if the connection ends before
	 */
	public List<Integer> ask(String path) throws IOException {
		this.lastStream += 2;
		send(HEADERS, END_STREAM_AND_HEADERS, this.lastStream, headers(path.getBytes(StandardCharsets.US_ASCII)));
		List<Integer> types = new ArrayList<>();
		Frame frame;
		do {
			frame = receive();
			types.add(frame.type);
		}
		while (frame.stream != this.lastStream || (frame.flags & END_STREAM) == 0);
		return types;
	}

	/**
	 * Waits until the server says that the connection is to be used no longer.
	 * @throws IOException if the connection ends before
	 */
	public void awaitGoAway() throws IOException {
		while (receive().type != GOAWAY) {
			// Of no interest
		}
	}

	private Frame receive() throws IOException {
		int length = this.input.readUnsignedByte() << 16 | this.input.readUnsignedShort();
		Frame frame = new Frame(this.input.readUnsignedByte(), this.input.readUnsignedByte(), this.input.readInt());
		this.input.skipNBytes(length);
		return frame;
	}

	// Indexed fields of HPACK's static table, and two literals that are not indexed
	private static byte[] headers(byte[] path) {
		ByteArrayOutputStream headers = new ByteArrayOutputStream();
		headers.write(0x82);
		headers.write(0x86);
		headers.write(0x04);
		headers.write(path.length);
		headers.writeBytes(path);
		headers.write(0x01);
		headers.write(AUTHORITY.length);
		headers.writeBytes(AUTHORITY);
		return headers.toByteArray();
	}

	private void send(int type, int flags, int stream, byte[] payload) throws IOException {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(0);
		frame.write(0);
		frame.write(payload.length);
		frame.write(type);
		frame.write(flags);
		frame.writeBytes(new byte[] { 0, 0, 0, (byte) stream });
		frame.writeBytes(payload);
		this.socket.getOutputStream().write(frame.toByteArray());
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private record Frame(int type, int flags, int stream) {

	}

}
