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

package io.github.healthstarter.web.tomcat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.tomcat.util.net.Acceptor;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Endpoint that serves the clients that are connected when it stops accepting, also those
 * in the queue of the listener: Tomcat's own drops both.
 */
final class DrainingEndpoint extends NioEndpoint {

	private static final int ACCEPTOR_LIMIT_MILLIS = 500;

	private static final int LATE_LIMIT_MILLIS = 500;

	private static final int POLL_MILLIS = 2;

	private static final int WAKE_UP_LIMIT_MILLIS = 200;

	private final Set<SocketChannel> late = ConcurrentHashMap.newKeySet();

	private volatile @Nullable SocketAddress wakeUp;

	// Tomcat's own connection cannot be distinguished from a late client's, and would be
	// served: the first request of an application, which loads all of its classes
	@Override
	protected void unlockAccept() {
		Acceptor<?> acceptor = this.acceptor;
		if (isRunning() && !isPaused() && acceptor != null) {
			wakeUp(acceptor);
		}
		if (acceptor != null && acceptor.getState() == Acceptor.AcceptorState.RUNNING) {
			super.unlockAccept();
		}
	}

	private void wakeUp(Acceptor<?> acceptor) {
		try (Socket socket = new Socket()) {
			InetSocketAddress listener = getLocalAddress();
			InetAddress address = listener.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress()
					: listener.getAddress();
			socket.bind(new InetSocketAddress(address, 0));
			this.wakeUp = socket.getLocalSocketAddress();
			socket.connect(new InetSocketAddress(address, listener.getPort()), WAKE_UP_LIMIT_MILLIS);
			awaitEnd(acceptor);
		}
		catch (IOException | RuntimeException ex) {
			getLog().debug("Acceptor could not be woken up", ex);
		}
	}

	private static void awaitEnd(Acceptor<?> acceptor) {
		int polls = WAKE_UP_LIMIT_MILLIS / POLL_MILLIS;
		while (polls-- > 0 && acceptor.getState() == Acceptor.AcceptorState.RUNNING) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
		}
	}

	private boolean isWakeUp(SocketChannel socket) {
		try {
			SocketAddress wakeUp = this.wakeUp;
			return wakeUp != null && wakeUp.equals(socket.getRemoteAddress());
		}
		catch (IOException ex) {
			return false;
		}
	}

	// Called with connections that the acceptor was given after it was stopped
	@Override
	protected void destroySocket(SocketChannel socket) {
		if (!isRunning() || isPaused() || isWakeUp(socket) || !this.late.add(socket)) {
			super.destroySocket(socket);
		}
		else if (!setSocketOptions(socket)) {
			closeSocket(socket);
		}
	}

	@Override
	protected void doCloseServerSocket() throws IOException {
		boolean graceful = isRunning() && !isPaused();
		if (graceful && getServerSocket() instanceof ServerSocketChannel listener) {
			acceptQueued(listener);
		}
		super.doCloseServerSocket();
		if (graceful) {
			awaitLate();
		}
	}

	// A blocking accept would have to be waited for
	private void acceptQueued(ServerSocketChannel listener) {
		this.acceptor.stopMillis(ACCEPTOR_LIMIT_MILLIS);
		if (this.acceptor.getState() != Acceptor.AcceptorState.ENDED) {
			return;
		}
		try {
			listener.configureBlocking(false);
			for (SocketChannel next = listener.accept(); next != null; next = listener.accept()) {
				destroySocket(next);
			}
		}
		catch (IOException ex) {
			getLog().debug("Queue of the listener could not be emptied", ex);
		}
	}

	// Spring Boot looks for requests under way as soon as the listener is closed, and
	// those of late clients may not have been read yet
	private void awaitLate() {
		int polls = LATE_LIMIT_MILLIS / POLL_MILLIS;
		while (polls-- > 0 && this.late.stream().anyMatch(this.connections::containsKey)) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
		}
		this.late.clear();
	}

}
