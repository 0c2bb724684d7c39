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

package io.github.healthstarter.web;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.healthstarter.text.TextLine;

/**
 * Trust in the loopback addresses, which is lost for good when a request has come from
 * one of them that was sent to another host: a proxy on this machine that leaves no
 * header hands on the requests of strangers. Safe for use by any thread.
 */
final class LoopbackTrust {

	private static final Log logger = LogFactory.getLog(AccessPolicy.class);

	private static final int MAX_TEXT = 100;

	private final Executor logs;

	private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

	/**
	 * Create trust that holds.
	 * @param logs writes the log line
	 */
	LoopbackTrust(Executor logs) {
		this.logs = logs;
	}

	static boolean isLoopback(String address) {
		return address.startsWith("127.") || isIpv6(address, "0:0:0:0:0:0:0:1") || isIpv6(address, "::1");
	}

	private static boolean isIpv6(String address, String loopback) {
		return address.startsWith(loopback)
				&& (address.length() == loopback.length() || address.charAt(loopback.length()) == '%');
	}

	boolean isLost() {
		return this.state.get() == State.LOST;
	}

	/**
	 * Whether the next request may end the trust.
	 * @return {@code false} if it is lost already, or never is
	 */
	boolean isHeld() {
		return this.state.get() == State.HELD;
	}

	/**
	 * Hold the trust whatever comes.
	 */
	void keep() {
		this.state.set(State.KEPT);
	}

	/**
	 * End the trust.
	 * @param host the host that the request was sent to
	 */
	void lose(String host) {
		if (this.state.compareAndSet(State.HELD, State.LOST)) {
			String line = "A request from this machine named the host '" + TextLine.of(host, MAX_TEXT)
					+ "', so there may be a proxy on it that leaves no header: loopback addresses are not trusted any"
					+ " more. Use 'health.access.token' for details, or list the host in 'health.access.hosts' if it"
					+ " is a name of this machine";
			this.logs.execute(() -> logger.info(line));
		}
	}

	private enum State {

		HELD, KEPT, LOST

	}

}
