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

import org.jspecify.annotations.Nullable;

/**
 * The peer of a connection, noted before the server replaces its address by one from a
 * header of the request.
 *
 * @param address the address literal, empty if the peer has none
 * @param direct whether the request has none of the headers that the server believes
 * @param forwardedFor the last value of the header with the addresses if the server
 * removes it, else {@code null}
 */
public record Peer(String address, boolean direct, @Nullable String forwardedFor) {

	/**
	 * The name of the request attribute that holds the peer.
	 */
	public static final String ATTRIBUTE = Peer.class.getName();

	public Peer {
		address = literal(address);
	}

	/**
	 * Create a peer for a server that removes no header.
	 * @param address the address literal, empty if the peer has none
	 * @param direct whether the request has none of the headers that the server believes
	 */
	public Peer(String address, boolean direct) {
		this(address, direct, null);
	}

	/**
	 * Return an address as a literal.
	 * @param address what a server calls the address, {@code null} for none, as on a Unix
	 * domain socket
	 * @return the address without the brackets that Jetty puts around one of IPv6, empty
	 * if there is none
	 */
	public static String literal(@Nullable String address) {
		if (address == null) {
			return "";
		}
		boolean bracketed = address.startsWith("[") && address.endsWith("]");
		return bracketed ? address.substring(1, address.length() - 1) : address;
	}

}
