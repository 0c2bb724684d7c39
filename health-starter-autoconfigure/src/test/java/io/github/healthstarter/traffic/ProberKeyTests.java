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

package io.github.healthstarter.traffic;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProberKey}.
 */
class ProberKeyTests {

	@Test
	void createKeepsWhatAProberSendsAndABoundedPartOfAnythingLonger() {
		String userAgent = "u".repeat(ProberKey.MAX_LENGTH);
		String forwarded = "f".repeat(ProberKey.MAX_LENGTH);
		ProberKey key = new ProberKey("10.0.0.1", forwarded, "/readyz", userAgent);
		assertThat(key.userAgent()).isSameAs(userAgent);
		assertThat(key.forwarded()).isSameAs(forwarded);
		assertThat(new ProberKey("10.0.0.1", forwarded + "f", "/readyz", userAgent + "u")).isEqualTo(key);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "10.0.0.1, -, 10.0.0.1", "10.0.0.1, 192.0.2.1, via 10.0.0.1", "10.0.0.1, '', via 10.0.0.1",
					"'', -, ''", "2001:db8:0:1:0:0:0:7, -, 2001:db8:0:1", "2001:db8:0:1:a:b:c:d, -, 2001:db8:0:1",
					"2001:db8:0:2:0:0:0:7, 192.0.2.1, via 2001:db8:0:2", "::1, -, ::1" })
	void sourceIsTheHostWithWhatItPassesOnApart(String address, @Nullable String forwarded, String source) {
		assertThat(new ProberKey(address, forwarded, "/readyz", "curl").source()).isEqualTo(source);
	}

}
