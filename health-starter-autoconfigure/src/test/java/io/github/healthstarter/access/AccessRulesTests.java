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
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AccessRules}.
 */
class AccessRulesTests {

	private static AccessRules token(@Nullable String token) {
		return new AccessRules(List.of(), List.of(), token);
	}

	@Test
	void allowsWhenNothingIsListedIsTrue() {
		assertThat(List.of("192.0.2.1", "::1", "")).allMatch(token(null)::allows);
	}

	@Test
	void allowsWhenSomethingIsListedIsTrueForThatAlone() {
		AccessRules rules = new AccessRules(List.of("10.0.0.0/8"), List.of("192.0.2.1"), null);
		assertThat(rules.allows("10.1.2.3")).isTrue();
		assertThat(List.of("192.0.2.1", "::1", "")).noneMatch(rules::allows);
	}

	@Test
	void trustsIsTrueForWhatIsListedAlone() {
		AccessRules rules = new AccessRules(List.of("10.0.0.0/8"), List.of("192.0.2.1"), null);
		assertThat(rules.trusts("192.0.2.1")).isTrue();
		assertThat(List.of("10.1.2.3", "127.0.0.1", "")).noneMatch(rules::trusts);
	}

	@Test
	void loopbackIsTrustedByDefaultAndAdministersNothing() {
		for (String address : List.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1")) {
			assertThat(AccessRules.LOOPBACK.trusts(address)).isTrue();
			assertThat(AccessRules.LOOPBACK.letsAdminister(address)).isFalse();
			assertThat(AccessRules.LOOPBACK.letsCallPreStop(address)).isFalse();
		}
		assertThat(AccessRules.LOOPBACK.trusts("127.0.0.6")).isFalse();
		assertThat(new AccessRules(List.of(), List.of("127.0.0.1", "::1"), null)).isNotEqualTo(AccessRules.LOOPBACK);
	}

	@Test
	void addressesThatAreListedSinglyAdministerAndThoseOfBlocksCallPreStopAlone() {
		AccessRules rules = new AccessRules(List.of(), List.of("10.0.0.0/8", "192.0.2.1", "2001:db8::/64", "::7"),
				null);
		assertThat(List.of("192.0.2.1", "::7")).allMatch(rules::letsAdminister).allMatch(rules::letsCallPreStop);
		assertThat(List.of("10.1.2.3", "2001:db8::1")).noneMatch(rules::letsAdminister)
			.allMatch(rules::letsCallPreStop);
		assertThat(List.of("127.0.0.1", "::1", "")).noneMatch(rules::letsAdminister).noneMatch(rules::letsCallPreStop);
	}

	@Test
	void emptyListTrustsNobody() {
		AccessRules rules = new AccessRules(List.of(), List.of(), null);
		assertThat(List.of("127.0.0.1", "::1", "10.0.0.1", "")).noneMatch(rules::trusts);
	}

	@Test
	void matchesTokenIsTrueForThatTokenAlone() {
		assertThat(token("Grün").matchesToken("Grün")).isTrue();
		assertThat(List.of("grün", "Grün ", "Gr?n", "")).noneMatch(token("Grün")::matchesToken);
		assertThat(List.of("", "null")).noneMatch(token(null)::matchesToken);
	}

	@Test
	void createWhenAnAddressCannotBeParsedThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AccessRules(List.of("db.internal"), List.of(), null))
			.withMessageContaining("'db.internal'");
		assertThatIllegalArgumentException().isThrownBy(() -> new AccessRules(List.of(), List.of("localhost"), null))
			.withMessageContaining("'localhost'");
	}

	@Test
	void toStringNeverShowsTheToken() {
		AccessRules rules = new AccessRules(List.of("10.0.0.0/8"), List.of("::1"), "secret");
		assertThat(rules).hasToString(
				"AccessRules[allowed=[10.0.0.0/8], trusted=[0:0:0:0:0:0:0:1/128], hosts=[]," + " token=(not shown)]");
		assertThat(token(null)).hasToString("AccessRules[allowed=[], trusted=[], hosts=[], token=none]");
	}

	@Test
	void rulesWithTheSameContentAreEqual() {
		AccessRules rules = new AccessRules(List.of("10.0.0.1"), List.of("::1"), "a");
		assertThat(new AccessRules(List.of("10.0.0.1/32"), List.of("0::1"), "a")).isEqualTo(rules)
			.hasSameHashCodeAs(rules);
	}

	@ParameterizedTest
	@MethodSource
	void rulesWithOtherContentAreNotEqual(AccessRules other) {
		assertThat(other).isNotEqualTo(new AccessRules(List.of("10.0.0.1"), List.of("::1"), "a"));
	}

	static Stream<AccessRules> rulesWithOtherContentAreNotEqual() {
		return Stream.of(new AccessRules(List.of("10.0.0.1/31"), List.of("::1"), "a"),
				new AccessRules(List.of("10.0.0.2"), List.of("::1"), "a"),
				new AccessRules(List.of("10.0.0.1"), List.of(), "a"),
				new AccessRules(List.of("10.0.0.1"), List.of("::1"), "b"),
				new AccessRules(List.of("10.0.0.1"), List.of("::1"), null));
	}

}
