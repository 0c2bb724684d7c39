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

package io.github.healthstarter.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.check.Impact;
import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.notification.Notifications;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HealthNotifier}.
 */
@ExtendWith(OutputCaptureExtension.class)
class HealthNotifierTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final HealthSetup setup = new HealthSetup();

	private final HealthMonitor health = new HealthMonitor(this.setup.sources(), this.setup.time);

	@AutoClose
	private final Notifications notifications = new Notifications();

	private final List<Object> events = new ArrayList<>();

	HealthNotifierTests() {
		this.notifications.connect(this.events::add);
		this.health.addListener(HealthListener.notifying(this.notifications));
	}

	@Test
	void onChangeLogsOneLineForEachChangeOfState(CapturedOutput output) throws Exception {
		this.setup.withCheck("db", Impact.REQUIRED).withCheck("mail", Impact.DEGRADING).startApplication();
		this.setup.answer("mail", HealthSetup.down("no route"));
		this.setup.answer("db", HealthSetup.down("refused"));
		this.setup.time.advance(Duration.ofMinutes(1));
		this.setup.lifecycle.drain();
		this.setup.lifecycle.stop();
		assertThat(lines(output)).hasSize(5);
		assertThat(lines(output).get(0)).contains("INFO").endsWith("Health: starting -> running");
		assertThat(lines(output).get(1)).contains("WARN").endsWith("Health: running -> degraded: mail: no route");
		assertThat(lines(output).get(2)).contains("WARN").endsWith("Health: degraded -> failing: db: refused");
		assertThat(lines(output).get(3)).contains("INFO").endsWith("Health: failing -> draining");
		assertThat(lines(output).get(4)).contains("INFO").endsWith("Health: draining -> stopping");
	}

	@Test
	void onChangeWhenStartupFailsLogsTheCause(CapturedOutput output) throws Exception {
		this.setup.lifecycle.fail("no database");
		assertThat(lines(output)).hasSize(1);
		assertThat(lines(output).get(0)).contains("WARN").endsWith("Health: starting -> failed: no database");
	}

	@Test
	void onChangeToBrokenLogsReasonAndStacksOnce(CapturedOutput output) throws Exception {
		this.setup.startApplication();
		this.setup.signal.fail(new LivenessFailure("deadlock", "left, right", "\"left\"\n\tat somewhere"));
		this.setup.time.advance(Duration.ofMinutes(2));
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		assertThat(output).containsOnlyOnce("Health: running -> broken: deadlock: left, right")
			.containsOnlyOnce("\"left\"\n\tat somewhere");
		assertThat(lines(output).get(1)).contains("ERROR");
	}

	@Test
	void onChangePublishesOneEventForEachChangeOfState() throws Exception {
		this.setup.withCheck("db", Impact.REQUIRED);
		HealthSnapshot starting = this.health.snapshot();
		this.setup.startApplication();
		HealthSnapshot running = this.health.snapshot();
		this.setup.time.advance(Duration.ofMinutes(1));
		HealthSnapshot before = this.health.snapshot();
		this.setup.lifecycle.drain();
		this.setup.lifecycle.drain();
		assertThat(events()).hasSize(2)
			.extracting(HealthChangedEvent::after)
			.containsExactly(running, this.health.snapshot());
		assertThat(events().get(0).before().state()).isEqualTo(starting.state());
		assertThat(events().get(1).before()).isEqualTo(before);
	}

	@Test
	void onChangeWhenStartupIsCompleteWithoutChangeOfStatePublishesAnEventAndLogsNothing(CapturedOutput output)
			throws Exception {
		this.setup.lifecycle.refuse(true);
		this.setup.lifecycle.ready();
		this.setup.lifecycle.started();
		assertThat(lines(output)).singleElement()
			.asString()
			.endsWith("Health: starting -> maintenance: the application refuses traffic");
		assertThat(events()).extracting((event) -> event.after().started()).containsExactly(false, true);
	}

	private List<HealthChangedEvent> events() throws InterruptedException {
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		return this.events.stream().map(HealthChangedEvent.class::cast).toList();
	}

	private List<String> lines(CapturedOutput output) throws InterruptedException {
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		return output.getOut().lines().filter((line) -> line.contains("Health:")).toList();
	}

}
