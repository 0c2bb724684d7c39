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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProbeQuery}.
 */
class ProbeQueryTests {

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { "a=b&c", "&&&", "=", "=verbose", "verbos", "VERBOSE", "verbose%", "verbose=%zz",
			"exclude=%", "exclude=%f", "a=verbose", "a=1;verbose" })
	void queryOfNothingKnownAsksForNothing(@Nullable String query) {
		assertThat(ProbeQuery.of(query)).isEqualTo(ProbeQuery.of(null));
		assertThat(ProbeQuery.of(query).verbose()).isFalse();
		assertThat(ProbeQuery.of(query).excluded()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "verbose", "verbose=", "verbose=1", "verbose=true", "a&verbose&b", "verb%6Fse" })
	void verboseIsFoundByItsNameAlone(String query) {
		assertThat(ProbeQuery.of(query).verbose()).isTrue();
		assertThat(ProbeQuery.of(query).format("application/json")).isEqualTo(Format.PLAIN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "fresh", "fresh=", "fresh=1", "a&fresh&b" })
	void freshIsFoundByItsNameAlone(String query) {
		assertThat(ProbeQuery.of(query).fresh()).isTrue();
		assertThat(ProbeQuery.of(query).untrusted().fresh()).isFalse();
	}

	@Test
	void excludedChecksAreDecoded() {
		ProbeQuery query = ProbeQuery.of("exclude=db&exclude=n%C3%A4her+am%2FRand&exclude=%zz&exclude=db&exclude=a=b");
		assertThat(query.excluded()).containsExactly("db", "näher am/Rand", "a=b");
		assertThat(query.verbose()).isFalse();
	}

	@Test
	void untrustedKeepsTheRest() {
		ProbeQuery query = ProbeQuery.of("exclude=db&fresh&verbose").untrusted();
		assertThat(query.excluded()).isEmpty();
		assertThat(query.fresh()).isFalse();
		assertThat(query.verbose()).isTrue();
	}

	@Test
	void longQueryIsReadInOneGo() {
		ProbeQuery query = ProbeQuery.of("exclude=a&".repeat(100_000) + "verbose");
		assertThat(query.excluded()).containsExactly("a");
		assertThat(query.verbose()).isTrue();
	}

}
