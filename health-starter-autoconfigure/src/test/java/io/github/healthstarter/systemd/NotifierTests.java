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

package io.github.healthstarter.systemd;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.ManualScheduler;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Notifier}.
 */
@ExtendWith(OutputCaptureExtension.class)
class NotifierTests {

	private final ManualTime time = new ManualTime();

	private final FakeManager manager = new FakeManager();

	private final Notifier notifier = new Notifier(this.manager, new ManualScheduler(this.time));

	@Test
	void assignmentsGoInOneDatagram() {
		assertThat(this.notifier.send(List.of("READY=1", "MAINPID=7"))).isTrue();
		assertThat(this.manager.heard()).containsExactly("READY=1 MAINPID=7");
	}

	@Test
	void whatMayBeLostIsLostWhereThereIsNoRoom() {
		this.manager.full = true;
		assertThat(this.notifier.send(List.of("WATCHDOG=1"))).isFalse();
		this.manager.full = false;
		this.time.advance(Notifier.RETRY_INTERVAL.multipliedBy(10));
		assertThat(this.manager.heard()).isEmpty();
	}

	@Test
	void whatMustNotBeLostIsTriedAgainInItsOrder() {
		this.manager.full = true;
		this.notifier.sendReliably(List.of("READY=1"));
		this.notifier.sendReliably(List.of("STOPPING=1"));
		this.time.advance(Notifier.RETRY_INTERVAL.multipliedBy(3));
		this.manager.full = false;
		assertThat(this.manager.heard()).isEmpty();
		this.time.advance(Notifier.RETRY_INTERVAL);
		assertThat(this.manager.heard()).containsExactly("READY=1", "STOPPING=1");
		this.time.advance(Notifier.RETRY_INTERVAL.multipliedBy(10));
		assertThat(this.manager.heard()).isEmpty();
	}

	@Test
	void whatMustNotBeLostIsGivenUpAtLast() {
		this.manager.full = true;
		this.notifier.sendReliably(List.of("READY=1"));
		this.time.advance(Notifier.RETRY_INTERVAL.multipliedBy(100));
		assertThat(this.manager.tries).isEqualTo(Notifier.MAX_TRIES);
		this.manager.full = false;
		this.notifier.sendReliably(List.of("STOPPING=1"));
		assertThat(this.manager.heard()).containsExactly("STOPPING=1");
	}

	@Test
	void socketThatCannotBeWrittenToIsWarnedAboutOnce(CapturedOutput output) {
		this.manager.gone = true;
		this.notifier.sendReliably(List.of("READY=1"));
		assertThat(this.notifier.send(List.of("STATUS=Running"))).isFalse();
		this.time.runDue();
		assertThat(output).containsOnlyOnce("systemd cannot be told").containsOnlyOnce("WARN");
		assertThat(this.manager.tries).isEqualTo(2);
	}

	@Test
	void libraryWithoutItsNativePartIsWarnedAbout(CapturedOutput output) {
		Notifier broken = new Notifier((datagram) -> {
			throw new UnsatisfiedLinkError("no junixsocket here");
		}, new ManualScheduler(this.time));
		assertThat(broken.send(List.of("STATUS=Running"))).isFalse();
		this.time.runDue();
		assertThat(output).contains("systemd cannot be told").contains("no junixsocket here");
	}

	@Test
	void closeGivesUpWhatIsPending() {
		this.manager.full = true;
		this.notifier.sendReliably(List.of("READY=1"));
		this.notifier.close();
		this.manager.full = false;
		this.time.advance(Notifier.RETRY_INTERVAL);
		assertThat(this.manager.heard()).isEmpty();
		assertThat(this.manager.closed).isTrue();
	}

}
