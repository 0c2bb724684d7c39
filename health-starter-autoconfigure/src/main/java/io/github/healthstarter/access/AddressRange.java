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

package io.github.healthstarter.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An address or a block of addresses in CIDR notation (RFC 4632, RFC 4291). The DNS is
 * never queried.
 */
final class AddressRange {

	private static final int IPV4_BYTES = 4;

	// The JDK parses or refuses what matches this; anything else it resolves
	private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

	private final byte[] network;

	private final int prefixLength;

	private AddressRange(byte[] network, int prefixLength) {
		this.network = network;
		this.prefixLength = prefixLength;
	}

	static AddressRange parse(String text) {
		int slash = text.indexOf('/');
		byte[] network = address((slash < 0) ? text : text.substring(0, slash));
		if (network == null) {
			throw new IllegalArgumentException("'" + text + "' is not an IP address or a CIDR block");
		}
		int bits = network.length * Byte.SIZE;
		int prefixLength = (slash < 0) ? bits : prefixLength(text.substring(slash + 1));
		if (prefixLength < 0 || prefixLength > bits) {
			throw new IllegalArgumentException(
					"'" + text + "' needs a prefix length from 0 to " + bits + " after the slash");
		}
		return new AddressRange(network, prefixLength);
	}

	private static int prefixLength(String text) {
		return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
	}

	/**
	 * Whether this is one address rather than a block.
	 * @return {@code true} if its prefix is as long as an address
	 */
	boolean isSingle() {
		return this.prefixLength == this.network.length * Byte.SIZE;
	}

	boolean contains(long ipv4) {
		return this.network.length == IPV4_BYTES
				&& (ipv4 ^ value(this.network)) >>> (IPV4_BYTES * Byte.SIZE - this.prefixLength) == 0;
	}

	private static long value(byte[] ipv4) {
		long value = 0;
		for (byte octet : ipv4) {
			value = (value << Byte.SIZE) | (octet & 0xFF);
		}
		return value;
	}

	boolean contains(byte[] address) {
		if (address.length != this.network.length) {
			return false;
		}
		int whole = this.prefixLength / Byte.SIZE;
		for (int i = 0; i < whole; i++) {
			if (address[i] != this.network[i]) {
				return false;
			}
		}
		int rest = this.prefixLength % Byte.SIZE;
		return rest == 0 || ((address[whole] ^ this.network[whole]) & 0xFF) >> (Byte.SIZE - rest) == 0;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AddressRange range && this.prefixLength == range.prefixLength
				&& Arrays.equals(this.network, range.network);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(this.network) + this.prefixLength;
	}

	@Override
	public String toString() {
		return text(this.network) + "/" + this.prefixLength;
	}

	private static String text(byte[] address) {
		try {
			return InetAddress.getByAddress(address).getHostAddress();
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Parse an address literal.
	 * @param text the literal, for IPv6 with or without a zone
	 * @return four or sixteen bytes, {@code null} if it is no literal
	 */
	static byte @Nullable [] address(String text) {
		return (text.indexOf(':') < 0) ? bytes(ipv4(text)) : ipv6(text);
	}

	private static byte @Nullable [] bytes(long ipv4) {
		if (ipv4 < 0) {
			return null;
		}
		byte[] bytes = new byte[IPV4_BYTES];
		for (int i = 0; i < IPV4_BYTES; i++) {
			bytes[i] = (byte) (ipv4 >> ((IPV4_BYTES - 1 - i) * Byte.SIZE));
		}
		return bytes;
	}

	/**
	 * Parse an IPv4 literal. Allocates nothing.
	 * @param text the literal
	 * @return its value, below zero if it is no literal
	 */
	static long ipv4(String text) {
		long address = 0;
		int position = 0;
		for (int i = 0; i < IPV4_BYTES; i++) {
			int end = (i < IPV4_BYTES - 1) ? text.indexOf('.', position) : text.length();
			int value = octet(text, position, end);
			if (value < 0) {
				return -1;
			}
			address = (address << Byte.SIZE) | value;
			position = end + 1;
		}
		return address;
	}

	private static int octet(String text, int begin, int end) {
		if (end <= begin || end - begin > 3) {
			return -1;
		}
		int value = 0;
		for (int i = begin; i < end; i++) {
			int digit = text.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			value = value * 10 + digit;
		}
		return (value <= 255) ? value : -1;
	}

	private static byte @Nullable [] ipv6(String text) {
		int zone = text.indexOf('%');
		String literal = (zone < 0) ? text : text.substring(0, zone);
		if (!IPV6.matcher(literal).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(literal).getAddress();
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

}
