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

package io.github.healthstarter.startup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.github.healthstarter.startup.StartupState.SlowBean;
import io.github.healthstarter.testing.ManualTime;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartupProgress}.
 */
class StartupProgressTests {

	private final ManualTime time = new ManualTime();

	private final StartupProgress progress = new StartupProgress(this.time);

	@Test
	void stateBeforeAnythingIsTheEnvironment() {
		assertThat(this.progress.state())
			.isEqualTo(new StartupState(StartupPhase.ENVIRONMENT, null, Duration.ZERO, 0, 0, List.of()));
	}

	@Test
	void enterGoesForwardOnly() {
		this.progress.enter(StartupPhase.RUNNERS);
		this.progress.enter(StartupPhase.BEANS);
		assertThat(this.progress.state().phase()).isEqualTo(StartupPhase.RUNNERS);
	}

	@Test
	void stateNamesTheInnermostBeanAndHowLongItHasTakenItself() {
		this.progress.begin("outer");
		this.time.advance(Duration.ofSeconds(1));
		this.progress.begin("inner");
		this.time.advance(Duration.ofSeconds(34));
		assertThat(this.progress.state()).extracting(StartupState::current, StartupState::currentFor)
			.containsExactly("inner", Duration.ofSeconds(34));
		this.progress.end("inner");
		assertThat(this.progress.state()).extracting(StartupState::current, StartupState::currentFor)
			.containsExactly("outer", Duration.ofSeconds(1));
		this.progress.end("outer");
		assertThat(this.progress.state().current()).isNull();
	}

	@Test
	void beanHasTakenNoLessThanNothingWhereAnotherIsMadeWhileItIsLookedAt() {
		AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {
		});
		StartupProgress looked = new StartupProgress(new TimeSource() {

			@Override
			public Instant instant() {
				return StartupProgressTests.this.time.instant();
			}

			@Override
			public long nanos() {
				long nanos = StartupProgressTests.this.time.nanos();
				meanwhile.getAndSet(() -> {
				}).run();
				return nanos;
			}

		});
		looked.begin("outer");
		meanwhile.set(() -> {
			looked.begin("inner");
			this.time.advance(Duration.ofSeconds(1));
			looked.end("inner");
		});
		assertThat(looked.state()).extracting(StartupState::current, StartupState::currentFor)
			.containsExactly("outer", Duration.ZERO);
	}

	@Test
	void slowestAreThoseThatTookLongestThemselves() {
		this.progress.begin("outer");
		this.time.advance(Duration.ofSeconds(1));
		make("inner", 5);
		this.progress.end("outer");
		assertThat(this.progress.state().slowest()).containsExactly(new SlowBean("inner", Duration.ofSeconds(5)),
				new SlowBean("outer", Duration.ofSeconds(1)));
	}

	@Test
	void slowestAreFive() {
		List.of(3, 1, 7, 2, 6, 5, 4).forEach((seconds) -> make("bean" + seconds, seconds));
		assertThat(this.progress.state().slowest()).extracting(SlowBean::name)
			.containsExactly("bean7", "bean6", "bean5", "bean4", "bean3");
	}

	@Test
	void endOfABeanForgetsThoseWithinThatFailed() {
		this.progress.begin("outer");
		this.progress.begin("failed");
		this.time.advance(Duration.ofSeconds(1));
		this.progress.end("outer");
		assertThat(this.progress.state().current()).isNull();
		assertThat(this.progress.state().slowest()).extracting(SlowBean::name).containsExactly("outer");
	}

	@Test
	void endOfABeanThatWasNotBegunIsIgnored() {
		this.progress.begin("outer");
		this.progress.end("other");
		assertThat(this.progress.state().current()).isEqualTo("outer");
		assertThat(this.progress.state().made()).isZero();
	}

	@Test
	void beansOfOtherThreadsAreIgnored() throws InterruptedException {
		this.progress.begin("own");
		Thread other = new Thread(() -> make("other", 1), "test-other");
		other.start();
		other.join();
		assertThat(this.progress.state().current()).isEqualTo("own");
		assertThat(this.progress.state().made()).isZero();
		assertThat(this.progress.state().slowest()).isEmpty();
	}

	@Test
	void beansThatAreMadeLaterCostNothing() {
		make("early", 1);
		this.progress.enter(StartupPhase.WEB_SERVER);
		make("late", 2);
		assertThat(this.progress.state().made()).isEqualTo(1);
		assertThat(this.progress.state().slowest()).extracting(SlowBean::name).containsExactly("early");
	}

	@Test
	void moreBeansThanExpectedAreNotMoreThanAll() {
		this.progress.expect(1);
		make("one", 0);
		make("two", 0);
		assertThat(this.progress.state()).extracting(StartupState::made, StartupState::expected).containsExactly(2, 2);
	}

	private void make(String bean, int seconds) {
		this.progress.begin(bean);
		this.time.advance(Duration.ofSeconds(seconds));
		this.progress.end(bean);
	}

}
