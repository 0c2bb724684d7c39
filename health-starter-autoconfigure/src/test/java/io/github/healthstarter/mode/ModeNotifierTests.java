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

package io.github.healthstarter.mode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.notification.Notifications;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModeNotifier}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModeNotifierTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

	private static final ModeState NORMAL = ModeState.normal(NOON);

	private static final ModeState BOUNDED = new ModeState(Mode.MAINTENANCE, "migration", "ada", NOON,
			NOON.plusSeconds(60));

	private static final ModeState READ_ONLY = new ModeState(Mode.READ_ONLY, null, null, NOON, null);

	@AutoClose
	private final Notifications notifications = new Notifications();

	private final ModeListener notifier = ModeListener.notifying(this.notifications);

	private final List<Object> events = new ArrayList<>();

	@BeforeEach
	void connect() {
		this.notifications.connect(this.events::add);
	}

	@Test
	void onChangeLogsAllThatIsKnown(CapturedOutput output) throws Exception {
		this.notifier.onChange(NORMAL, BOUNDED);
		this.notifier.onChange(BOUNDED, ModeState.normal(NOON.plusSeconds(60)));
		this.notifier.onChange(NORMAL, READ_ONLY);
		this.notifier.onChange(BOUNDED, ModeState.normal(NOON.plusSeconds(59)));
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		List<String> lines = output.getOut().lines().filter((line) -> line.contains("Mode: ")).toList();
		assertThat(lines).hasSize(4);
		assertThat(lines.get(0)).contains("WARN", "health-logs")
			.endsWith("Mode: normal -> maintenance until 2026-01-02T12:01:00Z, by ada: migration");
		assertThat(lines.get(1)).contains("INFO").endsWith("Mode: maintenance -> normal, expired");
		assertThat(lines.get(2)).contains("WARN").endsWith("Mode: normal -> read-only");
		assertThat(lines.get(3)).contains("INFO").endsWith("Mode: maintenance -> normal");
	}

	@Test
	void onChangePublishesOneEventForEachChange() throws Exception {
		this.notifier.onChange(NORMAL, BOUNDED);
		this.notifier.onChange(BOUNDED, READ_ONLY);
		assertThat(this.notifications.flush(LIMIT)).isTrue();
		assertThat(this.events).containsExactly(new ModeChangedEvent(NORMAL, BOUNDED),
				new ModeChangedEvent(BOUNDED, READ_ONLY));
	}

}
