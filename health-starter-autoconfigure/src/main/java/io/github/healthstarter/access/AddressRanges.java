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

	boolean contains(String address) {
		byte[] bytes = AddressRange.address(address);
		if (bytes != null) {
			for (AddressRange range : this.ranges) {
				if (range.contains(bytes)) {
					return true;
				}
			}
		}
		return false;
	}

	@Override
	public String toString() {
		return this.ranges.toString();
	}

}
