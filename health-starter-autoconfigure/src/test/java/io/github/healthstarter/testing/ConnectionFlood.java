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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many new connections that each send the same bytes, read nothing and stay open for a
 * while.
 */
public final class ConnectionFlood implements AutoCloseable {

	private static final int MAX_OPEN = 2000;

	private static final double ENOUGH = 0.9;

	private final int port;

	private final int perSecond;

	private final int addresses;

	private final ByteBuffer sent;

	private final long begunAt = System.nanoTime();

	private final Thread thread = new Thread(this::connect, "connection-flood");

	private final Queue<SocketChannel> open = new ArrayDeque<>();

	private final AtomicInteger opened = new AtomicInteger();

	private volatile boolean closed;

	private ConnectionFlood(int port, int perSecond, int addresses, byte[] sent) {
		this.port = port;
		this.perSecond = perSecond;
		this.addresses = addresses;
		this.sent = ByteBuffer.wrap(sent);
	}

	/**
	 * Begins to connect.
	 * @param port the server's port
	 * @param perSecond how many connections there are in a second
	 * @param addresses how many addresses they come from: {@code 127.0.4.1} and on
	 * @param sent the bytes that each of them sends
	 * @return the flood
	 */
	public static ConnectionFlood start(int port, int perSecond, int addresses, byte[] sent) {
		ConnectionFlood flood = new ConnectionFlood(port, perSecond, addresses, sent);
		flood.thread.start();
		return flood;
	}

	/**
	 * Returns the first bytes of an encrypted connection.
	 * @param protocols the application protocols that the client offers
	 * @return a ClientHello
	 */
	public static byte[] clientHello(String... protocols) {
		try {
			SSLEngine engine = SSLContext.getDefault().createSSLEngine();
			engine.setUseClientMode(true);
			SSLParameters parameters = engine.getSSLParameters();
			parameters.setApplicationProtocols(protocols);
			engine.setSSLParameters(parameters);
			ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
			engine.wrap(ByteBuffer.allocate(0), record);
			byte[] hello = new byte[record.flip().remaining()];
			record.get(hello);
			return hello;
		}
		catch (NoSuchAlgorithmException | SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns many requests in one.
	 * @param target the target of each
	 * @param count how many
	 * @return the bytes
	 */
	public static byte[] pipelined(String target, int count) {
		return ("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").repeat(count).getBytes(StandardCharsets.US_ASCII);
	}

	private void connect() {
		long between = Duration.ofSeconds(1).toNanos() / this.perSecond;
		for (long dueAt = this.begunAt; !this.closed; dueAt += between) {
			LockSupport.parkNanos(dueAt - System.nanoTime());
			try {
				this.open.add(connect(this.opened.get()));
				this.opened.incrementAndGet();
			}
			catch (IOException ex) {
				// The connections that are missing are found when they are counted
			}
			if (this.open.size() > MAX_OPEN) {
				close(this.open.remove());
			}
		}
		this.open.forEach(ConnectionFlood::close);
	}

	private InetAddress address(int number) throws UnknownHostException {
		return InetAddress.getByAddress(new byte[] { 127, 0, 4, (byte) (1 + number % this.addresses) });
	}

	private SocketChannel connect(int number) throws IOException {
		SocketChannel channel = SocketChannel.open();
		try {
			channel.bind(new InetSocketAddress(address(number), 0));
			channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			channel.configureBlocking(false);
			channel.write(this.sent.duplicate());
			return channel;
		}
		catch (IOException ex) {
			close(channel);
			throw ex;
		}
	}

	private static void close(SocketChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Checks that about as many connections have been opened as were due until now.
	 */
	public void assertRateWasReached() {
		double due = (double) (System.nanoTime() - this.begunAt) * this.perSecond / Duration.ofSeconds(1).toNanos();
		assertThat(this.opened.doubleValue()).isGreaterThanOrEqualTo(ENOUGH * due);
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
