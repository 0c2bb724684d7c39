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

package io.github.healthstarter.signal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReloadSignal}, with a signal that nobody minds: SIGHUP may be ignored,
 * as by nohup.
 */
@DisabledOnOs(OS.WINDOWS)
class ReloadSignalTests {

	private static final String HARMLESS = "WINCH";

	private final AtomicInteger reloads = new AtomicInteger();

	@Test
	void signalAsksForAReload() throws Exception {
		try (ReloadSignal signal = new ReloadSignal(HARMLESS)) {
			signal.connect(this.reloads::incrementAndGet);
			raise();
			await(1);
			raise();
			await(2);
		}
	}

	@Test
	void signalThatComesEarlyIsKept() throws Exception {
		try (ReloadSignal signal = new ReloadSignal(HARMLESS)) {
			raise();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(signal::isPending);
			signal.connect(this.reloads::incrementAndGet);
			assertThat(this.reloads).hasValue(1);
			assertThat(signal.isPending()).isFalse();
			signal.connect(this.reloads::incrementAndGet);
			assertThat(this.reloads).hasValue(1);
		}
	}

	@Test
	void closeGivesTheSignalBack() throws Exception {
		AtomicInteger others = new AtomicInteger();
		JvmSignal other = JvmSignal.replaceHandler(HARMLESS, others::incrementAndGet);
		try {
			ReloadSignal signal = new ReloadSignal(HARMLESS);
			signal.connect(this.reloads::incrementAndGet);
			signal.close();
			raise();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> others.get() == 1);
			assertThat(this.reloads).hasValue(0);
		}
		finally {
			other.restore();
		}
	}

	private void await(int expected) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.reloads).hasValue(expected));
	}

	private static void raise() throws Exception {
		String pid = String.valueOf(ProcessHandle.current().pid());
		assertThat(new ProcessBuilder("kill", "-" + HARMLESS, pid).start().waitFor()).isZero();
	}

}
