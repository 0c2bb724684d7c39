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
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.instance.InstanceSettings;
import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HealthBodies}.
 */
class HealthBodiesTests {

	private final ManualTime time = new ManualTime();

	private final ManualScheduler scheduler = new ManualScheduler(this.time);

	private final HealthInstance instance = new HealthInstance(InstanceSettings.DEFAULT,
			new ServiceInfo("orders", "1.4.2", "3f2a1bc", "a"), this.time, (name) -> this.scheduler);

	private final HealthBodies bodies = new HealthBodies(this.instance);

	@BeforeEach
	void start() {
		this.instance.lifecycle().ready();
		this.instance.lifecycle().started();
	}

	private byte[] body(Format format, String query, boolean trusted) {
		return body("readyz", format, query, trusted);
	}

	private byte[] body(String probe, Format format, String query, boolean trusted) {
		HealthSnapshot snapshot = this.instance.health().snapshot();
		return this.bodies.body(
				new ProbeAnswer(probe, snapshot.state().isReady(), snapshot, snapshot, ProbeQuery.of(query)), format,
				trusted);
	}

	@ParameterizedTest
	@CsvSource({ "JSON, '', true", "JSON, '', false", "HEALTH_JSON, '', true", "PLAIN, verbose, true" })
	void bodyIsWrittenOnceForASnapshot(Format format, String query, boolean trusted) {
		byte[] body = body(format, query, trusted);
		assertThat(body(format, query, trusted)).isSameAs(body);
		this.instance.lifecycle().refuse(true);
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
		this.instance.traffic().requests().end(this.instance.traffic().requests().begin());
		this.time.advance(Duration.ofMillis(999));
		assertThat(body(Format.JSON, "", true)).isSameAs(body);
		this.time.advance(Duration.ofMillis(1));
		assertThat(body(Format.JSON, "", true)).asString()
			.contains("\"traffic\":{\"inFlight\":0,\"perSecond\":0.33,\"meanMillis\":0.0,\"p99Millis\":0.0}");
	}

	@Test
	void bodyOfTheStartupProbeTellsWhatTheStartHasCost() {
		this.instance.startup().begin("modelLoader");
		this.time.advance(Duration.ofSeconds(34));
		this.instance.startup().end("modelLoader");
		assertThat(body("startupz", Format.JSON, "", true)).asString()
			.containsPattern(
					"\"startup\":\\{\"durationMillis\":\\d+,\"slowestBeans\":\\[\\{\"name\":\"modelLoader\",\"millis\":34000.0}]}");
		assertThat(body("startupz", Format.JSON, "", false)).asString().doesNotContain("modelLoader");
		assertThat(body("readyz", Format.JSON, "", true)).asString().doesNotContain("modelLoader");
	}

	@Test
	void requiredCheckThatArrivesAfterTheStartIsUnknownInAllFormats() {
		this.instance.checks()
			.start(List.of(new CheckDefinition("late", "late", () -> Health.up().build(), CheckPolicy.DEFAULT)));
		assertThat(body(Format.PLAIN, "verbose", true)).asString()
			.isEqualTo("[+]late unknown: not run yet\nreadyz check passed\n");
		assertThat(body(Format.HEALTH_JSON, "", true)).asString()
			.contains("\"status\":\"pass\"")
			.doesNotContain("fail");
		assertThat(body(Format.JSON, "", true)).asString().contains("\"late\":{\"status\":\"UNKNOWN\"");
		CheckState late = this.instance.health().snapshot().checks().find("late");
		assertThat(this.bodies.check(late, Format.PLAIN, false)).asString().isEqualTo("ok");
	}

	@Test
	void bodyDuringADrainTellsOfDrainAndTraffic() {
		this.instance.drain().begin(DrainTrigger.API);
		assertThat(body(Format.JSON, "", true)).asString().contains("\"drain\":{", "\"traffic\":{\"inFlight\":0");
	}

	@Test
	void draftTellsOfTheService() {
		assertThat(body(Format.HEALTH_JSON, "", true)).asString()
			.contains("\"version\":\"1.4.2\",\"releaseId\":\"3f2a1bc\",\"serviceId\":\"orders\"",
					"\"notes\":[\"state: running\",\"instance: a\"]");
	}

}
