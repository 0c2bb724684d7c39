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

package io.github.healthstarter.autoconfigure.liveness;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebServerSignal}.
 */
class WebServerSignalTests {

	private final ManualTime time = new ManualTime();

	private final WebServerSignal signal = new WebServerSignal(true, this.time);

	private @Nullable String ended;

	@Test
	void lookPassesBeforeThereIsAServer() {
		assertThat(this.signal.look()).isNull();
	}

	@Test
	void lookFailsIfAThreadHasEndedForASecond() {
		this.signal.watch("application", () -> null);
		this.signal.watch("management", () -> this.ended);
		this.ended = "http-nio-8080-Poller";
		assertThat(this.signal.look()).isNull();
		this.time.advance(Duration.ofMillis(999));
		assertThat(this.signal.look()).isNull();
		this.time.advance(Duration.ofMillis(1));
		assertThat(this.signal.look()).isEqualTo(
				new LivenessFailure("webServer", "thread of the web server has ended: http-nio-8080-Poller", ""));
	}

	@Test
	void threadThatEndsWithAServerThatStopsIsForgotten() {
		this.signal.watch("application", () -> this.ended);
		this.ended = "first";
		assertThat(this.signal.look()).isNull();
		this.ended = null;
		this.time.advance(Duration.ofSeconds(5));
		assertThat(this.signal.look()).isNull();
		this.ended = "second";
		assertThat(this.signal.look()).isNull();
	}

	@Test
	void serverThatIsStartedAgainIsWatchedInstead() {
		this.signal.watch("application", () -> "first");
		this.signal.look();
		this.signal.watch("application", () -> null);
		this.time.advance(Duration.ofSeconds(5));
		assertThat(this.signal.look()).isNull();
	}

}
