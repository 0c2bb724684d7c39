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
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;

import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.web.WatchedServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

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
		this.signal.watch("application", List.of(() -> null));
		this.signal.watch("management", List.of(() -> this.ended));
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
		this.signal.watch("application", List.of(() -> this.ended));
		this.ended = "first";
		assertThat(this.signal.look()).isNull();
		this.ended = null;
		this.time.advance(Duration.ofSeconds(5));
		assertThat(this.signal.look()).isNull();
		this.ended = "second";
		assertThat(this.signal.look()).isNull();
	}

	@Test
	void everyWatchedServerOfAContextIsWatched() {
		WebServerApplicationContext context = mock();
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("one", (WatchedServer) () -> null);
		beans.addBean("two", (WatchedServer) () -> this.ended);
		given(context.getBeanProvider(WatchedServer.class)).willReturn(beans.getBeanProvider(WatchedServer.class));
		WebServerInitializedEvent event = mock();
		given(event.getApplicationContext()).willReturn(context);
		given(event.getWebServer()).willReturn(mock());
		this.signal.onApplicationEvent(event);
		this.ended = "http";
		assertThat(this.signal.look()).isNull();
		this.time.advance(WebServerSignal.CONFIRMED_AFTER);
		assertThat(this.signal.look()).isNotNull();
	}

	@Test
	void serverThatIsStartedAgainIsWatchedInstead() {
		this.signal.watch("application", List.of(() -> "first"));
		this.signal.look();
		this.signal.watch("application", List.of(() -> null));
		this.time.advance(Duration.ofSeconds(5));
		assertThat(this.signal.look()).isNull();
	}

}
