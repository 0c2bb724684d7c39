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
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy in front of a real server that can be told to misbehave while it runs. Each
 * mode holds for the connections that are open and for those that come, and is in force
 * when the method that sets it returns. Any thread may call any method.
 */
public final class FaultProxy implements AutoCloseable {

	private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

	private static final AtomicInteger COUNT = new AtomicInteger();

	private final ProxyLoop loop;

	private final Thread thread;

	private FaultProxy(ProxyLoop loop) {
		this.loop = loop;
		this.thread = new Thread(loop, "fault-proxy-" + COUNT.incrementAndGet());
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Starts a proxy on a free port of the loopback address that passes everything on.
	 * @param host the host of the real server
	 * @param port the port of the real server
	 * @return the running proxy
	 */
	public static FaultProxy to(String host, int port) {
		try {
			return new FaultProxy(new ProxyLoop(new InetSocketAddress(host, port)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the address to connect to.
	 * @return a loopback address
	 */
	public String host() {
		return this.loop.address().getAddress().getHostAddress();
	}

	/**
	 * Returns the port to connect to; it stays the same in every mode.
	 * @return the port
	 */
	public int port() {
		return this.loop.address().getPort();
	}

	/**
	 * Counts the connections that are open through the proxy.
	 * @return the number of connections
	 */
	public int connections() {
		return this.loop.call(this.loop::connectionCount);
	}

	/**
	 * Passes everything on, and delivers what {@link #hang()} held back.
	 */
	public void pass() {
		switchTo(FaultMode.of(FaultMode.Kind.PASS));
	}

	/**
	 * Accepts connections, keeps them open and holds back every byte and every close.
	 */
	public void hang() {
		switchTo(FaultMode.of(FaultMode.Kind.HANG));
	}

	/**
	 * Accepts connections and swallows what comes, in both directions, for good.
	 */
	public void blackHole() {
		switchTo(FaultMode.of(FaultMode.Kind.BLACK_HOLE));
	}

	/**
	 * Closes the open connections and refuses new ones.
	 */
	public void refuse() {
		switchTo(FaultMode.of(FaultMode.Kind.REFUSE));
	}

	/**
	 * Resets the open connections, and new ones as soon as they are made.
	 */
	public void reset() {
		switchTo(FaultMode.of(FaultMode.Kind.RESET));
	}

	/**
	 * Delivers each batch of bytes, in each direction, after a delay.
	 * @param delay how long the bytes are held, more than zero
	 */
	public void delay(Duration delay) {
		switchTo(FaultMode.delayOf(delay));
	}

	private void switchTo(FaultMode mode) {
		this.loop.call(() -> {
			this.loop.switchTo(mode);
			return mode;
		});
	}

	/**
	 * Closes the open connections, gives the port back and ends the proxy's thread.
	 */
	@Override
	public void close() {
		this.loop.stop();
		try {
			this.thread.join(CLOSE_LIMIT.toMillis());
			if (this.thread.isAlive()) {
				throw new IllegalStateException("The proxy does not end");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
