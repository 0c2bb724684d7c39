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

package io.github.healthstarter.server;

import java.net.InetSocketAddress;

/**
 * Thrown if the probe server cannot listen on its port.
 */
public final class ProbeServerBindException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final InetSocketAddress address;

	ProbeServerBindException(InetSocketAddress address, Throwable cause) {
		super("Probe server cannot listen on port " + address.getPort()
				+ (address.getAddress().isAnyLocalAddress() ? "" : " of " + address.getAddress().getHostAddress())
				+ ": " + cause.getMessage(), cause);
		this.address = address;
	}

	/**
	 * Return the address that it could not listen on.
	 * @return the address and port
	 */
	public InetSocketAddress address() {
		return this.address;
	}

}
