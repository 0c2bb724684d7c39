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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.testing.Race;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProberTable}.
 */
@Timeout(30)
class ProberTableTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final ProberKey PROBER = key("10.0.0.1", "HAProxy");

	private final ManualTime time = new ManualTime();

	private final ProberTable table = new ProberTable();

	@Test
	void findOrAddOfAKnownKeyReturnsTheSame() {
		Prober added = findOrAdd(PROBER);
		assertThat(findOrAdd(key("10.0.0.1", "HAProxy"))).isNotNull().isSameAs(added);
		assertThat(this.table.find(PROBER)).isSameAs(added);
		assertThat(this.table.find(key("10.0.0.1", "curl"))).isNull();
		assertThat(this.table.all()).containsExactly(added);
	}

	@Test
	void findOrAddBeyondTheShareOfASourceForgetsTheOneLeastRecentlySeen() {
		for (int i = 0; i <= ProberTable.MAX_KEYS_PER_SOURCE; i++) {
			this.time.advance(SECOND);
			probe(key("10.0.0.9", "agent " + i));
		}
		assertThat(this.table.all()).hasSize(ProberTable.MAX_KEYS_PER_SOURCE);
		assertThat(this.table.find(key("10.0.0.9", "agent 0"))).isNull();
		assertThat(this.table.find(key("10.0.0.9", "agent 1"))).isNotNull();
	}

	@Test
	void findOrAddByACallerWithManyNamesForgetsNoProberOfTheSameAddress() {
		ask(PROBER, 3);
		for (int i = 0; i < 10 * ProberTable.MAX_KEYS; i++) {
			probe(key("10.0.0.1", "agent " + i));
		}
		assertThat(this.table.all()).hasSize(ProberTable.MAX_KEYS_PER_SOURCE);
		assertThat(this.table.find(PROBER)).isNotNull();
	}

	@Test
	void findOrAddByACallerWithManyNamesForgetsNoProberThatIsLate() {
		ask(PROBER, 3);
		this.time.advance(Duration.ofSeconds(50));
		for (int i = 0; i < 2 * ProberTable.MAX_KEYS_PER_SOURCE; i++) {
			probe(key("10.0.0.1", "agent " + i));
		}
		assertThat(this.table.find(PROBER)).isNotNull();
		this.time.advance(Duration.ofSeconds(11));
		for (int i = 0; i < 2 * ProberTable.MAX_KEYS_PER_SOURCE; i++) {
			probe(key("10.0.0.1", "agent " + i));
		}
		assertThat(this.table.find(PROBER)).isNull();
	}

	@Test
	void findOrAddWithoutRoomForASourceOfProbersAloneReturnsNull() {
		ProberKey[] keys = new ProberKey[ProberTable.MAX_KEYS_PER_SOURCE];
		for (int i = 0; i < keys.length; i++) {
			keys[i] = key("10.0.0.9", "agent " + i);
		}
		for (int i = 0; i < 3; i++) {
			ask(1, keys);
		}
		assertThat(findOrAdd(key("10.0.0.9", "another"))).isNull();
		assertThat(findOrAdd(key("10.0.0.8", "another"))).isNotNull();
		assertThat(this.table.all()).hasSize(ProberTable.MAX_KEYS_PER_SOURCE + 1);
	}

	@Test
	void findOrAddOfRequestsThatAreForwardedForgetsNoneOfTheirProxyItself() {
		probe(PROBER);
		for (int i = 0; i < 10 * ProberTable.MAX_KEYS; i++) {
			probe(new ProberKey("10.0.0.1", "192.0.2." + i, "/readyz", "HAProxy"));
		}
		assertThat(this.table.all()).hasSize(ProberTable.MAX_KEYS_PER_SOURCE + 1);
		assertThat(this.table.find(PROBER)).isNotNull();
	}

	@Test
	void findOrAddByAHostWithManyAddressesTakesTheShareOfOne() {
		for (int i = 0; i < 10 * ProberTable.MAX_KEYS; i++) {
			probe(key("2001:db8:0:1:0:0:0:" + Integer.toHexString(i), "curl"));
		}
		assertThat(this.table.all()).hasSize(ProberTable.MAX_KEYS_PER_SOURCE);
	}

	/**
	 * As 200 addresses with a new name each time, far more than there is room for,
	 * between each two probes of a client that begins to probe.
	 */
	@Test
	void proberIsSeenWhateverOtherSourcesSend() {
		for (int round = 0; round < 5; round++) {
			this.time.advance(SECOND);
			probe(PROBER);
			for (int i = 0; i < 20 * ProberTable.MAX_KEYS; i++) {
				probe(key("10.1.0." + i % 200, "agent " + round + " " + i));
			}
		}
		assertThat(this.table.all()).hasSize(ProberTable.MAX_KEYS);
		assertThat(Objects.requireNonNull(this.table.find(PROBER)).isPresent(this.time.nanos())).isTrue();
	}

	@Test
	void proberIsKeptHoweverManySourcesThereAre() {
		ask(PROBER, 3);
		for (int i = 0; i < 10 * ProberTable.MAX_KEYS; i++) {
			probe(key("10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256, "curl"));
		}
		assertThat(this.table.all()).hasSize(ProberTable.MAX_KEYS);
		assertThat(this.table.find(PROBER)).isNotNull();
	}

	@Test
	void sourcesCountTheKeysThatAreRememberedAlone() {
		for (int i = 0; i < 10 * ProberTable.MAX_KEYS; i++) {
			probe(key("10." + i % 7 + "." + i / 256 + "." + i % 256, "agent " + i % 5));
			probe(key("10.9.0." + i % 60, "agent " + i));
		}
		Map<ProberSource, Long> keys = this.table.all()
			.stream()
			.collect(Collectors.groupingBy(Prober::source, Collectors.counting()));
		assertThat(keys).allSatisfy((source, number) -> assertThat(source.keys()).isEqualTo(number.intValue()));
		assertThat(this.table.sources()).isEqualTo(keys.size()).isBetween(60, ProberTable.MAX_KEYS);
	}

	@Test
	void findOrAddWhenFullOfProbersAloneReturnsNull() {
		ProberKey[] keys = new ProberKey[ProberTable.MAX_KEYS];
		for (int i = 0; i < keys.length; i++) {
			keys[i] = key("10.1." + i / 256 + "." + i % 256, "curl");
		}
		ask(3, keys);
		assertThat(findOrAdd(PROBER)).isNull();
		assertThat(this.table.all()).hasSize(ProberTable.MAX_KEYS);
		this.time.advance(Duration.ofMinutes(2));
		assertThat(findOrAdd(PROBER)).isNotNull();
		assertThat(this.table.all()).hasSize(ProberTable.MAX_KEYS);
	}

	@Test
	void findOrAddByManyThreadsStaysWithinItsBounds() throws Exception {
		Callable<Integer> flood = () -> {
			for (int i = 0; i < 2_000; i++) {
				probe(key("10.0." + Thread.currentThread().getId() + "." + i % 50, "agent " + i));
			}
			return this.table.all().size();
		};
		assertThat(Race.run(List.of(flood, flood, flood, flood)))
			.allSatisfy((size) -> assertThat(size).isLessThanOrEqualTo(ProberTable.MAX_KEYS));
		assertThat(this.table.all()).hasSize(ProberTable.MAX_KEYS);
	}

	private static ProberKey key(String address, String userAgent) {
		return new ProberKey(address, null, "/readyz", userAgent);
	}

	private @Nullable Prober findOrAdd(ProberKey key) {
		return this.table.findOrAdd(key, this.time.nanos());
	}

	private void ask(ProberKey key, int times) {
		ask(times, key);
	}

	private void ask(int times, ProberKey... keys) {
		for (int i = 0; i < times; i++) {
			this.time.advance(SECOND);
			for (ProberKey key : keys) {
				probe(key);
			}
		}
	}

	private void probe(ProberKey key) {
		Prober prober = findOrAdd(key);
		if (prober != null) {
			prober.recordProbe(this.time.nanos(), false);
		}
	}

}
