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

import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.LivenessState;

import io.github.healthstarter.liveness.LivenessFailure;
import io.github.healthstarter.liveness.LivenessSignal;

/**
 * The liveness signal of an application that says of itself that it is broken.
 */
public final class ApplicationLiveness implements LivenessSignal {

	private volatile @Nullable LivenessFailure failure;

	@Override
	public String name() {
		return "livenessState";
	}

	@Override
	public @Nullable LivenessFailure look() {
		return this.failure;
	}

	/**
	 * Note what the application says. Called on the thread that says so, whose stack is
	 * kept.
	 * @param state the state
	 */
	void changeTo(LivenessState state) {
		if (state == LivenessState.CORRECT) {
			this.failure = null;
		}
		else if (this.failure == null) {
			this.failure = new LivenessFailure(name(), "the application says that it is broken", callersStack());
		}
	}

	private static String callersStack() {
		Thread thread = Thread.currentThread();
		return Arrays.stream(thread.getStackTrace())
			.map((frame) -> "\tat " + frame)
			.collect(Collectors.joining("\n", '"' + thread.getName() + "\"\n", ""));
	}

}
