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

import java.net.InetAddress;

/**
 * Client as the limits count it: an IPv4 address, or the /64 network of an IPv6 address,
 * as a single host has all addresses of such a network to choose from (RFC 7421).
 *
 * @param addressLength the length of its address in bytes
 * @param network the bytes that count
 */
record Client(int addressLength, long network) {

	static Client of(InetAddress address) {
		byte[] bytes = address.getAddress();
		long network = 0;
		for (int i = 0; i < Math.min(bytes.length, Long.BYTES); i++) {
			network = (network << Byte.SIZE) | (bytes[i] & 0xFF);
		}
		return new Client(bytes.length, network);
	}

}
