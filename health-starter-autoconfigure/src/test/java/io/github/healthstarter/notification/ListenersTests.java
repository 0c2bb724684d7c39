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

package io.github.healthstarter.notification;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Listeners}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ListenersTests {

	private final Listeners<Runnable> listeners = new Listeners<>("door");

	private final List<String> called = new ArrayList<>();

	@Test
	void notifyCallsListenersInTheOrderInWhichTheyWereAdded() {
		this.listeners.add(() -> this.called.add("first"));
		this.listeners.add(() -> this.called.add("second"));
		this.listeners.notify(Runnable::run);
		assertThat(this.called).containsExactly("first", "second");
	}

	@Test
	void notifyWhenListenerThrowsCallsTheOthers(CapturedOutput output) {
		this.listeners.add(() -> {
			throw new StackOverflowError("of a listener");
		});
		this.listeners.add(() -> this.called.add("second"));
		this.listeners.notify(Runnable::run);
		assertThat(this.called).containsExactly("second");
		assertThat(output).containsOnlyOnce("A door listener failed").contains("of a listener");
	}

	@Test
	void addWhileListenersAreCalledCountsFromTheNextTime() {
		this.listeners.add(() -> this.listeners.add(() -> this.called.add("added")));
		this.listeners.notify(Runnable::run);
		assertThat(this.called).isEmpty();
		this.listeners.notify(Runnable::run);
		assertThat(this.called).containsExactly("added");
	}

}
