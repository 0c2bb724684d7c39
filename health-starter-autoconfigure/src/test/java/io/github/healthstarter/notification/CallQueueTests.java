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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallQueue}.
 */
class CallQueueTests {

	private static final int THREADS = 4;

	private static final int CALLS = 1_000;

	private final CallQueue calls = new CallQueue();

	@Test
	void everyCallIsMadeOnceAndInOrderWhoeverDelivers() {
		List<Integer> made = new CopyOnWriteArrayList<>();
		int[] next = { 0 };
		CompletableFuture<?>[] threads = IntStream.range(0, THREADS)
			.mapToObj((thread) -> CompletableFuture.runAsync(() -> addAndDeliver(next, made),
					(task) -> new Thread(task).start()))
			.toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(threads).join();
		assertThat(made).isEqualTo(IntStream.range(0, THREADS * CALLS).boxed().toList());
	}

	private void addAndDeliver(int[] next, List<Integer> made) {
		for (int i = 0; i < CALLS; i++) {
			synchronized (this) {
				int number = next[0]++;
				this.calls.add(() -> made.add(number));
			}
			this.calls.deliver();
		}
	}

}
