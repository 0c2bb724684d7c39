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

import java.util.List;

/**
 * A set of addresses and blocks of addresses. Immutable.
 *
 * @param ranges the addresses and blocks
 */
record AddressRanges(List<AddressRange> ranges) {

	static final AddressRanges NONE = new AddressRanges(List.of());

	/**
	 * Parse addresses and CIDR blocks.
	 * @param ranges address literals or CIDR blocks; host names are refused
	 * @return the set of all of them
	 * @throws IllegalArgumentException naming the first that cannot be parsed
	 */
	static AddressRanges parse(List<String> ranges) {
		return new AddressRanges(ranges.stream().map(String::strip).map(AddressRange::parse).toList());
	}

	boolean isEmpty() {
		return this.ranges.isEmpty();
	}

	/**
	 * Return the set of the single addresses of this one.
	 * @return this set without its blocks
	 */
	AddressRanges singles() {
		return new AddressRanges(this.ranges.stream().filter(AddressRange::isSingle).toList());
	}

	boolean contains(String address) {
		if (this.ranges.isEmpty()) {
			return false;
		}
		long ipv4 = AddressRange.ipv4(address);
		return (ipv4 >= 0) ? containsIpv4(ipv4) : containsIpv6(address);
	}

	private boolean containsIpv4(long address) {
		for (AddressRange range : this.ranges) {
			if (range.contains(address)) {
				return true;
			}
		}
		return false;
	}

	private boolean containsIpv6(String address) {
		byte[] bytes = AddressRange.address(address);
		return bytes != null && this.ranges.stream().anyMatch((range) -> range.contains(bytes));
	}

	@Override
	public String toString() {
		return this.ranges.toString();
	}

}
