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

package io.github.healthstarter.availability;

import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.LivenessState;

import io.github.healthstarter.liveness.LivenessFailure;

import static org.assertj.core.api.Assertions.assertThat;

class ApplicationLivenessTests {

	private final ApplicationLiveness liveness = new ApplicationLiveness();

	@Test
	void applicationIsAliveUntilItSaysOtherwise() {
		assertThat(this.liveness.look()).isNull();
		assertThat(this.liveness.name()).isEqualTo("livenessState");
	}

	@Test
	void brokenApplicationFailsWithTheStackOfWhoSaysSo() {
		this.liveness.changeTo(LivenessState.BROKEN);
		LivenessFailure failure = this.liveness.look();
		assertThat(failure).isNotNull();
		assertThat(failure.signal()).isEqualTo("livenessState");
		assertThat(failure.reason()).isEqualTo("the application says that it is broken");
		assertThat(failure.stacks()).startsWith('"' + Thread.currentThread().getName() + "\"\n\tat ")
			.contains("brokenApplicationFailsWithTheStackOfWhoSaysSo");
	}

	@Test
	void firstStackIsKept() {
		this.liveness.changeTo(LivenessState.BROKEN);
		LivenessFailure first = this.liveness.look();
		this.liveness.changeTo(LivenessState.BROKEN);
		assertThat(this.liveness.look()).isSameAs(first);
	}

	@Test
	void correctApplicationIsAliveAgain() {
		this.liveness.changeTo(LivenessState.BROKEN);
		this.liveness.changeTo(LivenessState.CORRECT);
		assertThat(this.liveness.look()).isNull();
	}

}
