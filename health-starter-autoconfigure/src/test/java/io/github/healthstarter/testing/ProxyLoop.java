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
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The event loop of a {@link FaultProxy}. One thread does everything, so a change of mode
 * is complete when {@link #call(Callable)} returns.
 */
final class ProxyLoop implements Runnable {

	private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

	private final InetSocketAddress target;

	private final Selector selector;

	private final InetSocketAddress address;

	private final Queue<FutureTask<?>> calls = new ConcurrentLinkedQueue<>();

	private final Set<ProxyConnection> connections = new LinkedHashSet<>();

	private FaultMode mode = FaultMode.of(FaultMode.Kind.PASS);

	private @Nullable ServerSocketChannel listener;

	private @Nullable Socket reservation;

	private volatile boolean closed;

	ProxyLoop(InetSocketAddress target) throws IOException {
		this.target = target;
		this.selector = Selector.open();
		this.listener = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.address = (InetSocketAddress) this.listener.getLocalAddress();
	}

	InetSocketAddress address() {
		return this.address;
	}

	/**
	 * Runs the call on the thread of the loop and returns what it returns.
	 */
	<T> T call(Callable<T> call) {
		if (this.closed) {
			throw new IllegalStateException("The proxy is closed");
		}
		FutureTask<T> task = new FutureTask<>(call);
		this.calls.add(task);
		this.selector.wakeup();
		try {
			return task.get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while talking to the proxy", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("The proxy could not do it", ex);
		}
	}

	void stop() {
		this.closed = true;
		this.selector.wakeup();
	}

	@Override
	public void run() {
		try (this.selector) {
			while (!this.closed) {
				this.selector.select(millisUntilDue());
				this.selector.selectedKeys().clear();
				runCalls();
				accept();
				this.connections.removeIf((connection) -> !connection.proceed(this.mode));
			}
			closeAll();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void runCalls() {
		for (FutureTask<?> call = this.calls.poll(); call != null; call = this.calls.poll()) {
			call.run();
		}
	}

	/**
	 * Returns the time until delayed bytes are due; 0 means to wait for events alone.
	 */
	private long millisUntilDue() {
		if (!this.mode.is(FaultMode.Kind.DELAY)) {
			return 0;
		}
		long nanos = this.connections.stream()
			.mapToLong((connection) -> connection.nanosUntilDue(this.mode))
			.min()
			.orElse(Long.MAX_VALUE);
		return (nanos != Long.MAX_VALUE) ? 1 + TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos)) : 0;
	}

	private void accept() throws IOException {
		if (this.listener == null) {
			return;
		}
		for (SocketChannel client = this.listener.accept(); client != null; client = this.listener.accept()) {
			if (this.mode.is(FaultMode.Kind.RESET)) {
				ProxyConnection.reset(client);
			}
			else {
				this.connections.add(new ProxyConnection(client, this.target, this.selector));
			}
		}
	}

	int connectionCount() {
		return this.connections.size();
	}

	void switchTo(FaultMode mode) throws IOException {
		this.mode = mode;
		switch (mode.kind()) {
			case REFUSE -> refuse();
			case RESET -> {
				dropConnections(ProxyConnection::reset);
				admit();
			}
			default -> admit();
		}
	}

	private void refuse() throws IOException {
		dropConnections(ProxyConnection::close);
		if (this.listener != null) {
			this.listener.close();
			this.listener = null;
			releaseClosedChannels();
			this.reservation = reserve();
		}
	}

	/**
	 * Binds without listening: connections are refused, and nobody else gets the port.
	 */
	private Socket reserve() throws IOException {
		Socket socket = new Socket();
		socket.setReuseAddress(true);
		socket.bind(this.address);
		return socket;
	}

	private void admit() throws IOException {
		if (this.reservation != null) {
			this.reservation.close();
			this.reservation = null;
		}
		if (this.listener == null) {
			this.listener = listen(this.address);
		}
	}

	private ServerSocketChannel listen(InetSocketAddress address) throws IOException {
		ServerSocketChannel channel = ServerSocketChannel.open();
		channel.bind(address);
		channel.configureBlocking(false);
		channel.register(this.selector, SelectionKey.OP_ACCEPT);
		return channel;
	}

	private void dropConnections(Consumer<ProxyConnection> how) throws IOException {
		this.connections.forEach(how);
		this.connections.clear();
		releaseClosedChannels();
	}

	/**
	 * A registered channel that was closed keeps its socket until the next selection.
	 */
	private void releaseClosedChannels() throws IOException {
		this.selector.selectNow();
	}

	private void closeAll() throws IOException {
		refuse();
		if (this.reservation != null) {
			this.reservation.close();
		}
		this.calls.forEach((call) -> call.cancel(false));
	}

}
