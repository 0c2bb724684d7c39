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

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AddressRange}.
 */
class AddressRangeTests {

	@ParameterizedTest
	@CsvSource({ "10.1.2.3, 10.1.2.3, true", "10.1.2.3, 10.1.2.4, false", "10.1.2.3/32, 10.1.2.3, true",
			"10.1.2.3/32, 10.1.2.2, false", "10.1.2.2/31, 10.1.2.3, true", "10.1.2.2/31, 10.1.2.4, false",
			"10.1.2.2/31, 10.1.2.1, false", "10.9.9.9/8, 10.255.255.255, true", "10.0.0.0/8, 11.0.0.0, false",
			"10.0.0.0/8, 9.255.255.255, false", "172.16.0.0/12, 172.31.255.255, true",
			"172.16.0.0/12, 172.32.0.0, false", "192.168.0.0/1, 128.0.0.0, true", "192.168.0.0/1, 127.0.0.1, false",
			"0.0.0.0/0, 255.255.255.255, true", "1.2.3.4/0, 0.0.0.0, true", "0.0.0.0/0, ::1, false",
			"255.255.255.255, 255.255.255.255, true" })
	void containsKnowsTheBordersOfIpv4(String range, String address, boolean contained) {
		assertThat(contains(range, address)).isEqualTo(contained);
	}

	@ParameterizedTest
	@CsvSource({ "::1, ::1, true", "::1, 0:0:0:0:0:0:0:1, true", "::1, ::2, false", "::1/128, ::1, true",
			"::1/128, ::, false", "::/0, ffff::1, true", "::/0, 127.0.0.1, false",
			"2001:db8::/32, 2001:DB8:ffff:ffff:ffff:ffff:ffff:ffff, true", "2001:db8::/32, 2001:db9::, false",
			"2001:db8::/33, 2001:db8:7fff::, true", "2001:db8::/33, 2001:db8:8000::, false", "fe80::/10, febf::1, true",
			"fe80::/10, fec0::, false", "::2/127, ::3, true", "::2/127, ::4, false", "1::/8, ff::, true",
			"1::/8, 100::, false" })
	void containsKnowsTheBordersOfIpv6(String range, String address, boolean contained) {
		assertThat(contains(range, address)).isEqualTo(contained);
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, ::ffff:127.0.0.1, true", "127.0.0.1, ::ffff:7f00:1, true",
			"::ffff:10.0.0.1, 10.0.0.1, true", "10.0.0.0/8, ::ffff:11.0.0.1, false", "127.0.0.1, ::127.0.0.1, false" })
	void containsTakesIpv4MappedAddressesForIpv4(String range, String address, boolean contained) {
		assertThat(contains(range, address)).isEqualTo(contained);
	}

	@ParameterizedTest
	@CsvSource({ "fe80::1, fe80::1%eth0, true", "fe80::1%eth0, fe80::1%1, true", "fe80::/64, fe80::2%lo, true",
			"fe80::1, fe80::2%eth0, false" })
	void containsLeavesZonesOut(String range, String address, boolean contained) {
		assertThat(contains(range, address)).isEqualTo(contained);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "localhost", "10", "10.1", "10.1.2", "10.1.2.3.4", "10.1.2.256", "10.1.2.-1",
			"10.1.2.1000", "10.1.2.", ".1.2.3", "10..2.3", "10.1.2.x", "10.1.2.3 ", "١.1.1.1", "0x7f.0.0.1",
			"1.2.3.4:80", ":::", "::g", "1:2:3:4:5:6:7:8:9", "12345::", "[::1", "/8", "fe80%a:b", "%:", ":" })
	void parseWhenItIsNoAddressIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text))
			.withMessage("'%s' is not an IP address or a CIDR block", text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8.0", "10.0.0.0/ 8",
			"10.0.0.0/255.0.0.0", "10.0.0.0/99999999999", "10.0.0.0/8/8", "10.0.0.0/٨" })
	void parseWhenThePrefixIsNoneIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text))
			.withMessage("'%s' needs a prefix length from 0 to 32 after the slash", text);
	}

	@Test
	void parseWhenTheIpv6PrefixIsNoneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse("::/129"))
			.withMessage("'::/129' needs a prefix length from 0 to 128 after the slash");
	}

	// The JDK would find 'localhost' in the hosts file, where it looks before it asks the
	// DNS
	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost%:", "localhost%1:2", "%:", "localhost:", "LOCALHOST%:1" })
	void addressIsNeverLookedUp(String name) {
		assertThat(AddressRange.address(name)).isNull();
	}

	private static boolean contains(String range, String address) {
		return AddressRange.parse(range).contains(Objects.requireNonNull(AddressRange.address(address)));
	}

}
