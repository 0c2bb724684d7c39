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

package io.github.healthstarter.indicator.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.ClusterInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link ClusterQuestion}.
 */
@Timeout(60)
class ClusterQuestionTests {

	private static final Duration NEVER = Duration.ofMinutes(10);

	private static final Duration AT_ONCE = Duration.ofMillis(1);

	private final CountDownLatch over = new CountDownLatch(1);

	@AfterEach
	void release() {
		this.over.countDown();
	}

	@Test
	void nodeThatFailsIsFollowedByAnother() {
		ClusterQuestion question = new ClusterQuestion(NEVER, NEVER);
		for (int i = 0; i < 50; i++) {
			assertState(question.ask(nodes(ClusterQuestionTests::refused, () -> state("ok"))), "ok");
		}
	}

	@Test
	void nodeThatIsCutOffIsFollowedByAnother() {
		ClusterQuestion question = new ClusterQuestion(NEVER, NEVER);
		for (int i = 0; i < 50; i++) {
			assertState(question.ask(nodes(() -> state("fail"), () -> state("ok"))), "ok");
		}
	}

	@Test
	void nodeThatHangsIsFollowedByAnotherAndNotAskedAgain() {
		ClusterQuestion question = new ClusterQuestion(AT_ONCE, NEVER);
		AtomicInteger asked = new AtomicInteger();
		for (int i = 0; i < 50; i++) {
			assertState(question.ask(nodes(() -> hang(asked), () -> state("ok"))), "ok");
		}
		assertThat(asked).hasValueLessThanOrEqualTo(1);
	}

	@Test
	void stateCountsForMoreThanAFailureOrANodeThatHangs() {
		ClusterQuestion question = new ClusterQuestion(AT_ONCE, NEVER);
		assertState(question.ask(nodes(ClusterQuestionTests::refused, () -> state("fail"))), "fail");
		assertState(question.ask(nodes(() -> hang(new AtomicInteger()), () -> state("fail"))), "fail");
	}

	@Test
	void nodesThatAllFailAreAllAskedAndTheFailureIsTold() {
		ClusterQuestion question = new ClusterQuestion(NEVER, NEVER);
		AtomicInteger asked = new AtomicInteger();
		assertThatThrownBy(() -> question.ask(tenNodes(asked))).hasMessage("Connection refused");
		assertThat(asked).hasValue(10);
	}

	@Test
	void oneNodeThatIsOkAmongManyThatAreGoneIsFound() {
		ClusterQuestion question = new ClusterQuestion(NEVER, NEVER);
		List<ClusterNode> nodes = new ArrayList<>(tenNodes(new AtomicInteger()));
		nodes.add(new ClusterNode("alive", () -> state("ok")));
		for (int i = 0; i < 50; i++) {
			assertState(question.ask(nodes), "ok");
		}
	}

	private static List<ClusterNode> tenNodes(AtomicInteger asked) {
		return IntStream.range(0, 10).mapToObj((number) -> new ClusterNode("gone" + number, () -> {
			asked.incrementAndGet();
			return refused();
		})).toList();
	}

	@Test
	void nodesThatAllOweAnAnswerAreATimeout() throws Exception {
		ClusterQuestion question = new ClusterQuestion(AT_ONCE, NEVER);
		AtomicInteger asked = new AtomicInteger();
		List<ClusterNode> nodes = nodes(() -> hang(asked), () -> hang(asked));
		AtomicInteger interrupted = new AtomicInteger();
		Thread run = new Thread(() -> {
			try {
				question.ask(nodes);
			}
			catch (RedisSystemException ex) {
				interrupted.incrementAndGet();
			}
		});
		run.start();
		while (asked.get() < 2) {
			Thread.onSpinWait();
		}
		run.interrupt();
		run.join();
		assertThat(interrupted).hasValue(1);
		assertThatThrownBy(() -> question.ask(nodes)).isInstanceOf(QueryTimeoutException.class);
		assertThat(asked).hasValue(2);
	}

	@Test
	void nodesNoneOfWhichAnswersAreNotWaitedForWithoutEnd() {
		ClusterQuestion question = new ClusterQuestion(AT_ONCE, AT_ONCE);
		AtomicInteger asked = new AtomicInteger();
		CompletableFuture<@Nullable ClusterInfo> answer = CompletableFuture
			.supplyAsync(() -> question.ask(nodes(() -> hang(asked), () -> hang(asked))));
		assertThat(answer).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(QueryTimeoutException.class)
			.withMessage("command timed out: none of the nodes asked has answered");
	}

	@Test
	void errorOfTheClientIsAFailure() {
		ClusterQuestion question = new ClusterQuestion(NEVER, NEVER);
		assertThatThrownBy(() -> question.ask(nodes(() -> {
			throw new NoClassDefFoundError("client");
		}))).isInstanceOf(IllegalStateException.class).hasCauseInstanceOf(NoClassDefFoundError.class);
	}

	@Test
	void noNodesSayNothing() {
		assertThat(new ClusterQuestion(NEVER, NEVER).ask(List.of())).isNull();
	}

	@SafeVarargs
	private static List<ClusterNode> nodes(Supplier<@Nullable ClusterInfo>... questions) {
		return IntStream.range(0, questions.length).mapToObj((i) -> new ClusterNode("node" + i, questions[i])).toList();
	}

	private static @Nullable ClusterInfo refused() {
		throw new IllegalStateException("Connection refused");
	}

	private static ClusterInfo state(String state) {
		return ClusterNode.parse("cluster_state:" + state + "\r\ncluster_slots_ok:16384\r\n");
	}

	// A socket that is read from heeds no interrupt.
	private ClusterInfo hang(AtomicInteger asked) {
		asked.incrementAndGet();
		while (this.over.getCount() > 0) {
			try {
				this.over.await();
			}
			catch (InterruptedException ex) {
				// Waits on.
			}
		}
		return state("fail");
	}

	private static void assertState(@Nullable ClusterInfo info, String state) {
		assertThat(info).isNotNull().extracting(ClusterInfo::getState).isEqualTo(state);
	}

}
