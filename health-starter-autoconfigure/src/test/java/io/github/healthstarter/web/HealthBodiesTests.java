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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainSettings;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.drain.ParticipantProgress;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.HealthSources;
import io.github.healthstarter.health.ProbeCounters;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessMonitor;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HealthBodies}.
 */
class HealthBodiesTests {

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final Lifecycle lifecycle = new Lifecycle(this.time, Duration.ZERO);

	private final Traffic traffic = new Traffic(this.time);

	private final ModeController modes = new ModeController(this.scheduler, this.time);

	private final HealthMonitor health = new HealthMonitor(
			new HealthSources(this.lifecycle, new LivenessMonitor(List.of(), this.scheduler, this.time),
					new CheckEngine(this.scheduler, this.time, (name) -> Thread::new), this.modes),
			this.time, Runnable::run);

	private final DrainController drain = new DrainController(DrainSettings.DEFAULT, this.lifecycle, this.traffic,
			this.scheduler, this.time);

	private final StartupProgress startup = new StartupProgress(this.time);

	private final HealthBodies bodies = new HealthBodies(
			new Instance(new ServiceInfo("orders", "1.4.2", "3f2a1bc", "a"), this.health, this.drain, this.traffic,
					new ProbeCounters(), this.modes, this.startup));

	@BeforeEach
	void start() {
		this.lifecycle.runnersDone();
		this.lifecycle.started();
	}

	private byte[] body(Format format, String query, boolean trusted) {
		return body("readyz", format, query, trusted);
	}

	private byte[] body(String probe, Format format, String query, boolean trusted) {
		HealthSnapshot snapshot = this.health.snapshot();
		return this.bodies.body(
				new ProbeAnswer(probe, snapshot.state().isReady(), snapshot, snapshot, ProbeQuery.of(query)), format,
				trusted);
	}

	@ParameterizedTest
	@CsvSource({ "JSON, '', true", "JSON, '', false", "HEALTH_JSON, '', true", "PLAIN, verbose, true" })
	void bodyIsWrittenOnceForASnapshot(Format format, String query, boolean trusted) {
		byte[] body = body(format, query, trusted);
		assertThat(body(format, query, trusted)).isSameAs(body);
		this.lifecycle.refuse(true);
		assertThat(body(format, query, trusted)).isNotSameAs(body);
	}

	@ParameterizedTest
	@EnumSource(Format.class)
	void bodiesOfDifferentFormatsDoNotMixUp(Format format) {
		String before = new String(body(format, "", true), StandardCharsets.UTF_8);
		for (Format other : Format.values()) {
			body(other, "", true);
			body(other, "verbose", true);
		}
		assertThat(new String(body(format, "", true), StandardCharsets.UTF_8)).isEqualTo(before);
	}

	@Test
	void bodyForTrustedCallerIsWrittenAgainWhereTheTrafficHasChangedWithinAtMostASecond() {
		byte[] body = body(Format.JSON, "", true);
		this.time.advance(Duration.ofSeconds(2));
		assertThat(body(Format.JSON, "", true)).isSameAs(body);
		this.traffic.requests().end(this.traffic.requests().begin());
		this.time.advance(Duration.ofMillis(999));
		assertThat(body(Format.JSON, "", true)).isSameAs(body);
		this.time.advance(Duration.ofMillis(1));
		assertThat(body(Format.JSON, "", true)).asString()
			.contains("\"traffic\":{\"inFlight\":0,\"perSecond\":0.33,\"meanMillis\":0.0,\"p99Millis\":0.0}");
	}

	@Test
	void bodyOfTheStartupProbeTellsWhatTheStartHasCost() {
		this.startup.begin("modelLoader");
		this.time.advance(Duration.ofSeconds(34));
		this.startup.end("modelLoader");
		assertThat(body("startupz", Format.JSON, "", true)).asString()
			.contains(
					"\"startup\":{\"durationMillis\":0,\"slowestBeans\":[{\"name\":\"modelLoader\",\"millis\":34000.0}]}");
		assertThat(body("startupz", Format.JSON, "", false)).asString().doesNotContain("modelLoader");
		assertThat(body("readyz", Format.JSON, "", true)).asString().doesNotContain("modelLoader");
	}

	@Test
	void bodyDuringADrainTellsOfDrainAndTraffic() {
		this.drain.begin(DrainTrigger.API);
		assertThat(body(Format.JSON, "", true)).asString().contains("\"drain\":{", "\"traffic\":{\"inFlight\":0");
	}

	@Test
	void bodyDuringADrainNamesParticipantsWithTheirCountTheOldestAgeAndWhatIsWrong() {
		this.drain.begin(DrainTrigger.API);
		assertThat(body(Format.JSON, "", true)).asString().doesNotContain("participants");
		DrainProgress progress = new DrainProgress(DrainTrigger.API, ManualTime.START, Duration.ZERO, 0,
				List.of(new ParticipantProgress("kafka-listeners", 3L, Duration.ofSeconds(7), null),
						new ParticipantProgress("mailer", null, null, "no answer within 2s")),
				List.of("kafka-listeners (3)"), null);
		assertThat(this.bodies.drain(this.health.snapshot(), progress)).asString()
			.contains("\"participants\":[{\"name\":\"kafka-listeners\",\"inFlight\":3,\"oldestMillis\":7000},"
					+ "{\"name\":\"mailer\",\"failure\":\"no answer within 2s\"}],"
					+ "\"waitingFor\":[\"kafka-listeners (3)\"]");
	}

	@Test
	void draftTellsOfTheService() {
		assertThat(body(Format.HEALTH_JSON, "", true)).asString()
			.contains("\"version\":\"1.4.2\",\"releaseId\":\"3f2a1bc\",\"serviceId\":\"orders\"",
					"\"notes\":[\"state: running\",\"instance: a\"]");
	}

}
