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

package io.github.healthstarter.autoconfigure.check;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MissingChecks}.
 */
class MissingChecksTests {

	private final ManualTime time = new ManualTime();

	private final MissingChecks missing = new MissingChecks(this.time);

	private final Map<String, FoundCheck> known = checks("one", "two");

	private Map<String, FoundCheck> found = Map.of();

	@Test
	void keepWhenNothingIsMissingAddsNothing() {
		assertThat(keep("one", "two", "three")).isNull();
		assertThat(this.found).containsOnlyKeys("one", "two", "three");
	}

	@Test
	void keepHoweverOftenKeepsACheckForASecond() {
		assertThat(keep("one")).isEqualTo(Duration.ofSeconds(1));
		for (int i = 0; i < 9; i++) {
			this.time.advance(Duration.ofMillis(100));
			assertThat(keep("one")).isEqualTo(Duration.ofMillis(900 - 100 * i));
			assertThat(this.found.get("two")).isSameAs(this.known.get("two"));
		}
		this.time.advance(Duration.ofMillis(100));
		assertThat(keep("one")).isNull();
		assertThat(this.found).containsOnlyKeys("one");
	}

	@Test
	void keepReturnsTheTimeOfTheCheckThatIsMissingForLongest() {
		keep("one");
		this.time.advance(Duration.ofMillis(400));
		assertThat(keep()).isEqualTo(Duration.ofMillis(600));
		assertThat(this.found).containsOnlyKeys("one", "two");
	}

	@Test
	void keepWhenACheckHasBeenFoundMeanwhileCountsAgain() {
		keep("one");
		this.time.advance(Duration.ofMillis(999));
		keep("one", "two");
		this.time.advance(Duration.ofMillis(1));
		assertThat(keep("one")).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void clearForgetsWhatHasBeenMissed() {
		keep("one");
		this.time.advance(Duration.ofSeconds(1));
		this.missing.clear();
		assertThat(keep("one")).isEqualTo(Duration.ofSeconds(1));
	}

	private @Nullable Duration keep(String... names) {
		this.found = checks(names);
		return this.missing.keep(this.known, this.found);
	}

	private static Map<String, FoundCheck> checks(String... names) {
		Map<String, FoundCheck> checks = new LinkedHashMap<>();
		for (String name : names) {
			checks.put(name, new FoundCheck(
					new CheckCandidate(name, Impact.DEGRADING, name, (policy) -> () -> Health.up().build()), List::of));
		}
		return checks;
	}

}
