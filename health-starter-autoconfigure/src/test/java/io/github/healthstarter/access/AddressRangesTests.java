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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AddressRanges}.
 */
class AddressRangesTests {

	@Test
	void containsWhenOneRangeDoesIsTrue() {
		AddressRanges ranges = AddressRanges.parse(List.of("10.0.0.0/8", " ::1 ", "192.0.2.1"));
		assertThat(ranges.isEmpty()).isFalse();
		assertThat(List.of("10.2.3.4", "::1", "::ffff:10.0.0.1", "192.0.2.1")).allMatch(ranges::contains);
		assertThat(List.of("11.2.3.4", "::2", "192.0.2.2", "127.0.0.1")).noneMatch(ranges::contains);
	}

	@Test
	void containsWhenThePeerHasNoAddressIsFalse() {
		AddressRanges ranges = AddressRanges.parse(List.of("0.0.0.0/0", "::/0"));
		assertThat(List.of("", "unknown", "localhost", "/run/app.sock")).noneMatch(ranges::contains);
	}

	@Test
	void containsWhenThereIsNoRangeIsFalse() {
		AddressRanges ranges = AddressRanges.parse(List.of());
		assertThat(ranges.isEmpty()).isTrue();
		assertThat(ranges.contains("127.0.0.1")).isFalse();
	}

	@Test
	void parseNamesTheFirstThatCannotBeRead() {
		assertThatIllegalArgumentException().isThrownBy(() -> AddressRanges.parse(List.of("::1", "db.internal", "x")))
			.withMessageContaining("'db.internal'");
	}

}
