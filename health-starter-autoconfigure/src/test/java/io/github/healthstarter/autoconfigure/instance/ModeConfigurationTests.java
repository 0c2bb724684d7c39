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

package io.github.healthstarter.autoconfigure.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.mode.Mode;
import io.github.healthstarter.mode.ModeChangedEvent;
import io.github.healthstarter.mode.ModeController;
import io.github.healthstarter.mode.ModeRequest;
import io.github.healthstarter.mode.ModeState;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ModeConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner().withUserConfiguration(Listening.class);

	@Test
	void eachChangeIsPublishedWithWhatHeldBeforeAndWhatHoldsNow() {
		this.runner.run((context) -> {
			ModeController modes = context.getBean(HealthInstance.class).modes();
			ModeState normal = modes.state();
			ModeState readOnly = modes.enter(Map.of("mode", "read-only", "reason", "migration", "by", "ada"));
			ModeState maintenance = modes.enter(Map.of("mode", "maintenance", "for", "1h"));
			ModeState again = modes.leave();
			List<ModeChangedEvent> events = context.getBean(Heard.class).events;
			await().until(() -> events.size() >= 3);
			assertThat(events).containsExactly(new ModeChangedEvent(normal, readOnly),
					new ModeChangedEvent(readOnly, maintenance), new ModeChangedEvent(maintenance, again));
			assertThat(readOnly.reason()).isEqualTo("migration");
			assertThat(readOnly.by()).isEqualTo("ada");
			assertThat(maintenance.until()).isNotNull();
		});
	}

	@Test
	void endByItselfIsPublished() {
		this.runner.run((context) -> {
			ModeController modes = context.getBean(HealthInstance.class).modes();
			Instant until = modes.state().since().plus(Duration.ofSeconds(2));
			ModeState entered = modes.enter(new ModeRequest(Mode.MAINTENANCE, null, null, until));
			List<ModeChangedEvent> events = context.getBean(Heard.class).events;
			await().until(() -> events.size() >= 2);
			assertThat(events).hasSize(2);
			assertThat(events.get(1).before()).isEqualTo(entered);
			assertThat(events.get(1).after().mode()).isEqualTo(Mode.NORMAL);
			assertThat(events.get(1).after().since()).isAfterOrEqualTo(until);
		});
	}

	static class Heard {

		final List<ModeChangedEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void onChange(ModeChangedEvent event) {
			this.events.add(event);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		@Bean
		Heard heard() {
			return new Heard();
		}

	}

}
