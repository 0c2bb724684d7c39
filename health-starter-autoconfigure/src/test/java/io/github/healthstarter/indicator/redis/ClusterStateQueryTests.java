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
 * Tests for {@link ClusterStateQuery}.
 */
@Timeout(60)
class ClusterStateQueryTests {

	private static final Duration NEVER = Duration.ofMinutes(10);

	private static final Duration AT_ONCE = Duration.ofMillis(1);

	private final CountDownLatch over = new CountDownLatch(1);

	@AfterEach
	void release() {
		this.over.countDown();
	}

	@Test
	void nodeThatFailsIsFollowedByAnother() {
		ClusterStateQuery query = new ClusterStateQuery(NEVER, NEVER);
		for (int i = 0; i < 50; i++) {
			assertState(query.run(nodes(ClusterStateQueryTests::refused, () -> state("ok"))), "ok");
		}
	}

	@Test
	void nodeThatIsCutOffIsFollowedByAnother() {
		ClusterStateQuery query = new ClusterStateQuery(NEVER, NEVER);
		for (int i = 0; i < 50; i++) {
			assertState(query.run(nodes(() -> state("fail"), () -> state("ok"))), "ok");
		}
	}

	@Test
	void nodeThatHangsIsFollowedByAnotherAndNotQueriedAgain() {
		ClusterStateQuery query = new ClusterStateQuery(AT_ONCE, NEVER);
		AtomicInteger queried = new AtomicInteger();
		for (int i = 0; i < 50; i++) {
			assertState(query.run(nodes(() -> hang(queried), () -> state("ok"))), "ok");
		}
		assertThat(queried).hasValueLessThanOrEqualTo(1);
	}

	@Test
	void stateCountsForMoreThanAFailureOrANodeThatHangs() {
		ClusterStateQuery query = new ClusterStateQuery(AT_ONCE, NEVER);
		assertState(query.run(nodes(ClusterStateQueryTests::refused, () -> state("fail"))), "fail");
		assertState(query.run(nodes(() -> hang(new AtomicInteger()), () -> state("fail"))), "fail");
	}

	@Test
	void nodesThatAllFailAreAllQueriedAndTheFailureIsThrown() {
		ClusterStateQuery query = new ClusterStateQuery(NEVER, NEVER);
		AtomicInteger queried = new AtomicInteger();
		assertThatThrownBy(() -> query.run(tenNodes(queried))).hasMessage("Connection refused");
		assertThat(queried).hasValue(10);
	}

	@Test
	void oneNodeThatIsOkAmongManyThatAreGoneIsFound() {
		ClusterStateQuery query = new ClusterStateQuery(NEVER, NEVER);
		List<ClusterNode> nodes = new ArrayList<>(tenNodes(new AtomicInteger()));
		nodes.add(new ClusterNode("alive", () -> state("ok")));
		for (int i = 0; i < 50; i++) {
			assertState(query.run(nodes), "ok");
		}
	}

	private static List<ClusterNode> tenNodes(AtomicInteger queried) {
		return IntStream.range(0, 10).mapToObj((number) -> new ClusterNode("gone" + number, () -> {
			queried.incrementAndGet();
			return refused();
		})).toList();
	}

	@Test
	void nodesWhoseLastQueriesHaveNotEndedAreATimeout() throws Exception {
		ClusterStateQuery query = new ClusterStateQuery(AT_ONCE, NEVER);
		AtomicInteger queried = new AtomicInteger();
		List<ClusterNode> nodes = nodes(() -> hang(queried), () -> hang(queried));
		AtomicInteger interrupted = new AtomicInteger();
		Thread run = new Thread(() -> {
			try {
				query.run(nodes);
			}
			catch (RedisSystemException ex) {
				interrupted.incrementAndGet();
			}
		});
		run.start();
		while (queried.get() < 2) {
			Thread.onSpinWait();
		}
		run.interrupt();
		run.join();
		assertThat(interrupted).hasValue(1);
		assertThatThrownBy(() -> query.run(nodes)).isInstanceOf(QueryTimeoutException.class);
		assertThat(queried).hasValue(2);
	}

	@Test
	void nodesNoneOfWhichAnswersAreNotWaitedForWithoutEnd() {
		ClusterStateQuery query = new ClusterStateQuery(AT_ONCE, AT_ONCE);
		AtomicInteger queried = new AtomicInteger();
		CompletableFuture<@Nullable ClusterInfo> answer = CompletableFuture
			.supplyAsync(() -> query.run(nodes(() -> hang(queried), () -> hang(queried))));
		assertThat(answer).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(QueryTimeoutException.class)
			.withMessage("command timed out: no node of the cluster has answered");
	}

	@Test
	void errorOfTheClientIsAFailure() {
		ClusterStateQuery query = new ClusterStateQuery(NEVER, NEVER);
		assertThatThrownBy(() -> query.run(nodes(() -> {
			throw new NoClassDefFoundError("client");
		}))).isInstanceOf(IllegalStateException.class).hasCauseInstanceOf(NoClassDefFoundError.class);
	}

	@Test
	void noNodesReportNoState() {
		assertThat(new ClusterStateQuery(NEVER, NEVER).run(List.of())).isNull();
	}

	@SafeVarargs
	private static List<ClusterNode> nodes(Supplier<@Nullable ClusterInfo>... queries) {
		return IntStream.range(0, queries.length).mapToObj((i) -> new ClusterNode("node" + i, queries[i])).toList();
	}

	private static @Nullable ClusterInfo refused() {
		throw new IllegalStateException("Connection refused");
	}

	private static ClusterInfo state(String state) {
		return ClusterNode.parse("cluster_state:" + state + "\r\ncluster_slots_ok:16384\r\n");
	}

	// A socket that is read from heeds no interrupt.
	private ClusterInfo hang(AtomicInteger queried) {
		queried.incrementAndGet();
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
