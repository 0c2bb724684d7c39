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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JvmSignal}, with a signal that nobody minds.
 */
@DisabledOnOs(OS.WINDOWS)
class JvmSignalTests {

	private static final String HARMLESS = "WINCH";

	private final AtomicInteger outer = new AtomicInteger();

	private final AtomicInteger inner = new AtomicInteger();

	@Test
	void handlerIsCalledForEachSignalUntilRestored() throws Exception {
		JvmSignal first = JvmSignal.replaceHandler(HARMLESS, this.outer::incrementAndGet);
		JvmSignal second = JvmSignal.replaceHandler(HARMLESS, this.inner::incrementAndGet);
		try {
			raise();
			await(this.inner, 1);
			raise();
			await(this.inner, 2);
			assertThat(this.outer).hasValue(0);
			second.restore();
			raise();
			await(this.outer, 1);
			assertThat(this.inner).hasValue(2);
		}
		finally {
			second.restore();
			first.restore();
		}
	}

	@Test
	void restoreWhenReplacedBySomebodyElseLeavesTheirs() throws Exception {
		JvmSignal first = JvmSignal.replaceHandler(HARMLESS, this.outer::incrementAndGet);
		JvmSignal second = JvmSignal.replaceHandler(HARMLESS, this.inner::incrementAndGet);
		try {
			first.restore();
			raise();
			await(this.inner, 1);
		}
		finally {
			second.restore();
			first.restore();
		}
	}

	@Test
	void callPreviousHandlerCallsIt() {
		JvmSignal first = JvmSignal.replaceHandler(HARMLESS, this.outer::incrementAndGet);
		JvmSignal second = JvmSignal.replaceHandler(HARMLESS, this.inner::incrementAndGet);
		try {
			second.callPreviousHandler();
			assertThat(this.outer).hasValue(1);
			assertThat(this.inner).hasValue(0);
		}
		finally {
			second.restore();
			first.restore();
		}
	}

	@Test
	void callPreviousHandlerWhenItIsTheOperatingSystemsIsUnsupported() {
		JvmSignal signal = JvmSignal.replaceHandler(HARMLESS, this.outer::incrementAndGet);
		try {
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(signal::callPreviousHandler);
		}
		finally {
			signal.restore();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SEGV", "KILL", "NONSENSE" })
	void replaceHandlerWhenTheSignalIsNotGivenAwayIsUnsupported(String name) {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> JvmSignal.replaceHandler(name, this.outer::incrementAndGet))
			.withMessage("No handler can be set for SIG" + name);
	}

	@Test
	void signalThatIsLeftToTheSystemIsToldFromAMissingModule() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> JvmSignal.replaceHandler("KILL", this.outer::incrementAndGet))
			.matches(JvmSignal::isLeftToTheSystem);
		ClassNotFoundException missing = new ClassNotFoundException("sun.misc.Signal");
		assertThat(JvmSignal.isLeftToTheSystem(new UnsupportedOperationException(missing))).isFalse();
		assertThat(JvmSignal.isLeftToTheSystem(new UnsupportedOperationException())).isFalse();
	}

	private static void raise() throws Exception {
		String pid = String.valueOf(ProcessHandle.current().pid());
		assertThat(new ProcessBuilder("kill", "-" + HARMLESS, pid).start().waitFor()).isZero();
	}

	private static void await(AtomicInteger count, int expected) {
		Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(count).hasValue(expected));
	}

}
