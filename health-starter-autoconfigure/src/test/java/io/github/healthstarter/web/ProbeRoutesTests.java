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

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.ManualInstance;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the probers that the routes of {@link ProbeRoutes} report to a drain.
 */
class ProbeRoutesTests {

	private static final String PROXY = "10.0.0.1";

	private static final AccessRules RULES = new AccessRules(List.of("10.0.0.0/8", "127.0.0.1"), List.of("127.0.0.1"),
			"secret");

	private static final Duration TICK = Duration.ofMillis(100);

	private final ManualTime time = new ManualTime();

	private final HealthInstance instance = ManualInstance.create(this.time, RULES, DrainSettings.DEFAULT);

	private final Routes routes = ManualInstance.contract(this.instance).routes();

	ProbeRoutesTests() {
		this.instance.lifecycle().ready();
		this.instance.lifecycle().started();
		this.time.advance(Duration.ofSeconds(1));
	}

	@AfterEach
	void close() {
		this.instance.close();
	}

	/**
	 * As a balancer that probes every two seconds, and a monitor that asks ten times a
	 * second through it.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.7", "X-Real-IP: 192.0.2.7",
			"Via: 1.1 proxy", "X-Forwarded-Proto: https", "User-Agent: monitor/1.0" })
	void drainLastsUntilTheProxyHasSeenTheFailuresWhateverItPassesOn(String header) {
		run(100, () -> probe("/readyz", PROXY), () -> probe("/readyz", PROXY, header));
		this.instance.drain().begin(DrainTrigger.API);
		run(59, () -> probe("/readyz", PROXY), () -> probe("/readyz", PROXY, header));
		assertThat(progress().outcome()).isNull();
		run(2, () -> probe("/readyz", PROXY), () -> probe("/readyz", PROXY, header));
		assertThat(progress().outcome()).isEqualTo(DrainOutcome.QUIESCED);
	}

	@Test
	void drainLastsUntilTheProxyHasSeenTheFailuresOnItsOwnPath() {
		run(100, () -> probe("/readyz", PROXY), () -> probe("/readyz/write", PROXY));
		this.instance.drain().begin(DrainTrigger.API);
		run(59, () -> probe("/readyz", PROXY), () -> probe("/readyz/write", PROXY));
		assertThat(progress().outcome()).isNull();
		run(2, () -> probe("/readyz", PROXY), () -> probe("/readyz/write", PROXY));
		assertThat(progress().outcome()).isEqualTo(DrainOutcome.QUIESCED);
	}

	/**
	 * As somebody with 200 addresses, and a new name for each request.
	 */
	@Test
	void drainLastsUntilAProberHasSeenTheFailuresWhoeverElseAsks() {
		AtomicInteger sent = new AtomicInteger();
		Runnable flood = () -> {
			for (int i = 0; i < 100; i++) {
				int number = sent.getAndIncrement();
				String name = "User-Agent: agent " + number;
				probe("/readyz", "10.1.0." + number % 200, name);
				probe("/readyz", PROXY, name, "X-Forwarded-For: 192.0.2." + number);
			}
		};
		run(100, () -> probe("/readyz", PROXY), flood);
		this.instance.drain().begin(DrainTrigger.API);
		run(59, () -> probe("/readyz", PROXY), flood);
		assertThat(progress().waitingFor()).containsExactly("1 prober");
		run(2, () -> probe("/readyz", PROXY), flood);
		assertThat(progress().outcome()).isEqualTo(DrainOutcome.QUIESCED);
	}

	@Test
	void drainLastsUntilEachThatAProxyPassesOnHasSeenTheFailures() {
		Runnable often = () -> probe("/readyz", PROXY, "X-Forwarded-For: 192.0.2.7");
		Runnable seldom = () -> probe("/readyz", PROXY, "X-Forwarded-For: 192.0.2.7, 192.0.2.8");
		run(100, seldom, often);
		this.instance.drain().begin(DrainTrigger.API);
		run(59, seldom, often);
		assertThat(progress().waitingFor()).containsExactly("1 prober");
		run(2, seldom, often);
		assertThat(progress().outcome()).isEqualTo(DrainOutcome.QUIESCED);
	}

	@Test
	void holderOfTheTokenBehindAProxyIsKeptApartFromTheProxy() {
		Runnable holder = () -> probe("/readyz", "127.0.0.1", "Authorization: Bearer secret", "Via: 1.1 proxy");
		run(100, () -> probe("/readyz", "127.0.0.1"), holder);
		this.instance.drain().begin(DrainTrigger.API);
		run(59, () -> probe("/readyz", "127.0.0.1"), holder);
		assertThat(progress().waitingFor()).containsExactly("1 prober");
	}

	@Test
	void callerOutsideTheRulesIsNoProber() {
		run(100, () -> probe("/readyz", "192.0.2.7"), () -> probe("/readyz", "192.0.2.8"));
		this.instance.drain().begin(DrainTrigger.API);
		assertThat(progress().outcome()).isEqualTo(DrainOutcome.QUIESCED);
		assertThat(progress().elapsed()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/healthz", "/startupz", "/readyz/db", "/admin/drain" })
	void callerOfAnotherRouteIsNoProber(String path) {
		run(100, () -> probe(path, PROXY), () -> probe(path, "10.0.0.2"));
		this.instance.drain().begin(DrainTrigger.API);
		assertThat(progress().outcome()).isEqualTo(DrainOutcome.QUIESCED);
	}

	/**
	 * As somebody unknown, whom no balancer follows: nothing tells them apart.
	 */
	@Test
	void drainWaitsForACallerThatAsksNowAndThenUpToMaxWait() {
		askNowAndThen(5);
		this.instance.drain().begin(DrainTrigger.API);
		askNowAndThen(2);
		this.time.advance(Duration.ofSeconds(5).minus(TICK));
		assertThat(progress().waitingFor()).containsExactly("1 prober");
		this.time.advance(TICK);
		assertThat(progress().outcome()).isEqualTo(DrainOutcome.TIMED_OUT);
		assertThat(progress().elapsed()).isEqualTo(DrainSettings.DEFAULT.maxWait());
	}

	private void askNowAndThen(int times) {
		for (int i = 0; i < times; i++) {
			this.time.advance(Duration.ofSeconds(5));
			probe("/readyz", PROXY);
		}
	}

	private void run(int ticks, Runnable everyTwoSeconds, Runnable everyTick) {
		for (int i = 0; i < ticks; i++) {
			this.time.advance(TICK);
			if (this.time.instant().toEpochMilli() % 2000 == 0) {
				everyTwoSeconds.run();
			}
			everyTick.run();
		}
	}

	private void probe(String path, String address, String... headers) {
		Route route = Objects.requireNonNull(this.routes.find(path));
		RequestPlan.of(route, SentRequest.from(address, headers)).answer(new byte[0]);
	}

	private DrainProgress progress() {
		return Objects.requireNonNull(this.instance.drain().progress());
	}

}
