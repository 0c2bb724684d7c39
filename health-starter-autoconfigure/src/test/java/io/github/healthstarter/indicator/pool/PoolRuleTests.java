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

package io.github.healthstarter.indicator.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;

import io.github.healthstarter.indicator.pool.NoConnectionException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link PoolRule}.
 */
class PoolRuleTests {

	private static final PoolLoad FREE = new PoolLoad(1, 2, 2, 0);

	private static final PoolLoad FULL = new PoolLoad(2, 2, 2, 0);

	private static final PoolLoad QUEUED = new PoolLoad(2, 2, 2, 25);

	private final FakeDependency dependency = new FakeDependency();

	@Test
	void checkWhenPoolIsFreeReturnsTheResultOfThePooledConnection() {
		this.dependency.loads(FREE);
		assertThat(check()).isEqualTo(up());
		assertThat(this.dependency.calls).containsExactly("pooled");
	}

	@Test
	void checkWhenLoadCannotBeReadReturnsTheResultOfThePooledConnection() {
		this.dependency.loads();
		assertThat(check()).isEqualTo(up());
		assertThat(this.dependency.calls).containsExactly("pooled");
	}

	@Test
	void checkWhenThreadsWaitIsDegradedWithoutJoiningTheQueue() {
		this.dependency.loads(QUEUED);
		this.dependency.limitsWait = true;
		assertThat(check()).isEqualTo(result("DEGRADED", "pool exhausted: 2 of 2 in use, 25 waiting", "outside"));
		assertThat(this.dependency.calls).containsExactly("unpooled");
	}

	@Test
	void checkWhenConnectionIsOnItsWayToAWaitingThreadIsDegraded() {
		this.dependency.loads(new PoolLoad(1, 2, 2, 3));
		assertThat(check()).isEqualTo(result("DEGRADED", "pool exhausted: 1 of 2 in use, 3 waiting", "outside"));
	}

	@Test
	void checkWhenThreadsWaitForAPoolThatGrowsUsesThePool() {
		this.dependency.loads(new PoolLoad(1, 1, 2, 1));
		assertThat(check()).isEqualTo(up());
		assertThat(this.dependency.calls).containsExactly("pooled");
	}

	@Test
	void checkWhenFullPoolCannotBeWaitedForWithALimitDoesNotWait() {
		this.dependency.loads(new PoolLoad(2, 2, 2, -1));
		assertThat(check()).isEqualTo(result("DEGRADED", "pool exhausted: 2 of 2 in use", "outside"));
		assertThat(this.dependency.calls).containsExactly("unpooled");
	}

	@Test
	void checkWhenFullPoolWithALimitHasAConnectionInTimeIsUp() {
		this.dependency.loads(FULL);
		this.dependency.limitsWait = true;
		assertThat(check()).isEqualTo(up());
		assertThat(this.dependency.calls).containsExactly("pooled");
	}

	@Test
	void checkWhenFullPoolWithALimitIsWaitedForInVainIsDegraded() {
		this.dependency.loads(FULL);
		this.dependency.limitsWait = true;
		this.dependency.pooled = () -> poolTimeout();
		assertThat(check()).isEqualTo(result("DEGRADED", "pool exhausted: 2 of 2 in use, 0 waiting", "outside"));
		assertThat(this.dependency.calls).containsExactly("pooled", "unpooled");
	}

	@Test
	void checkWhenShortageIsOverByTheTimeOfTheAnswerIsUp() {
		this.dependency.loads(FULL, FREE);
		assertThat(check().getStatus().getCode()).isEqualTo("UP");
		assertThat(this.dependency.calls).containsExactly("unpooled");
	}

	@Test
	void checkWhenLastConnectionGoesToAnotherThreadIsDegraded() {
		this.dependency.loads(FREE, FULL);
		this.dependency.pooled = () -> fail(Reason.FAILURE, "timeout of the pool");
		assertThat(check()).isEqualTo(result("DEGRADED", "pool exhausted: 2 of 2 in use, 0 waiting", "outside"));
	}

	@Test
	void checkWhenFreePoolGivesNoConnectionInTimeIsDegradedWithTheWait() {
		this.dependency.loads(FREE);
		this.dependency.pooled = () -> poolTimeout();
		assertThat(check()).isEqualTo(
				result("DEGRADED", "no connection from the pool within 500ms: 1 of 2 in use, 0 waiting", "outside"));
	}

	@Test
	void checkWhenPoolWithoutLoadReportsItsExhaustionIsDegraded() {
		this.dependency.pooled = () -> fail(Reason.POOL_TIMEOUT, "pool is empty");
		assertThat(check()).isEqualTo(result("DEGRADED", "pool is empty", "outside"));
	}

	@Test
	void checkWhenPoolIsFreeAndServerIsGoneIsDown() {
		this.dependency.loads(FREE);
		this.dependency.pooled = () -> fail(Reason.FAILURE, "connection refused");
		assertThat(check()).isEqualTo(result("DOWN", "connection refused", null));
		assertThat(this.dependency.calls).containsExactly("pooled");
	}

	@Test
	void checkWhenPoolIsExhaustedAndServerIsGoneIsDownWithBothReasons() {
		this.dependency.loads(QUEUED);
		this.dependency.unpooled = () -> fail(Reason.FAILURE, "connection refused");
		assertThat(check())
			.isEqualTo(result("DOWN", "connection refused; pool exhausted: 2 of 2 in use, 25 waiting", null));
	}

	@Test
	void checkWhenPoolIsExhaustedAndServerFailsIsDownWithBothReasons() {
		this.dependency.loads(QUEUED);
		this.dependency.unpooled = () -> result("DOWN", "loading", null);
		assertThat(check()).isEqualTo(result("DOWN", "loading; pool exhausted: 2 of 2 in use, 25 waiting", null));
	}

	@Test
	void checkWhenPoolIsExhaustedAndServerIsReadOnlyReturnsThat() {
		this.dependency.loads(QUEUED);
		Health readOnly = result("READ_ONLY", "replica", null);
		this.dependency.unpooled = () -> readOnly;
		assertThat(check()).isEqualTo(readOnly);
	}

	@Test
	void checkWhenPoolIsExhaustedAndThereIsNoOtherWayIsDegraded() {
		this.dependency.loads(QUEUED);
		this.dependency.unpooled = () -> null;
		assertThat(check()).isEqualTo(result("DEGRADED", "pool exhausted: 2 of 2 in use, 25 waiting", null));
	}

	@Test
	void checkWhenServerHasNoRoomOutsideAnExhaustedPoolIsDegraded() {
		this.dependency.loads(QUEUED);
		this.dependency.unpooled = () -> fail(Reason.CONNECTION_LIMIT, "too many");
		assertThat(check()).isEqualTo(result("DEGRADED",
				"pool exhausted: 2 of 2 in use, 25 waiting; the server takes no more connections", null));
	}

	@ParameterizedTest
	@CsvSource({ "1, DEGRADED, 0 of 2 in use; the server takes no more connections", "0, DOWN, too many" })
	void checkWhenServerHasNoRoomForAFreePoolDependsOnItsConnections(int total, String status, String error) {
		this.dependency.loads(new PoolLoad(0, total, 2, -1));
		this.dependency.pooled = () -> fail(Reason.CONNECTION_LIMIT, "too many");
		assertThat(check()).isEqualTo(result(status, error, null));
	}

	@Test
	void checkWhenServerHasNoRoomAtAllIsDown() {
		this.dependency.loads(new PoolLoad(0, 0, 2, 0));
		this.dependency.pooled = () -> poolTimeout();
		this.dependency.unpooled = () -> fail(Reason.CONNECTION_LIMIT, "too many");
		assertThat(check().getStatus().getCode()).isEqualTo("DOWN");
	}

	@Test
	void checkWithoutAPoolWhenServerHasNoRoomIsDown() {
		this.dependency.pooled = () -> fail(Reason.CONNECTION_LIMIT, "too many");
		assertThat(check()).isEqualTo(result("DOWN", "too many", null));
	}

	@Test
	void checkWhenInterruptedInTheQueueOpensNoOtherConnection() {
		this.dependency.loads(FULL);
		this.dependency.limitsWait = true;
		this.dependency.pooled = () -> {
			Thread.currentThread().interrupt();
			return fail(Reason.FAILURE, "interrupted");
		};
		assertThat(check()).isEqualTo(result("DOWN", "interrupted", null));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.dependency.calls).containsExactly("pooled");
	}

	@Test
	void checkLetsOtherExceptionsEscape() {
		this.dependency.loads(FREE);
		RuntimeException bug = new IllegalStateException("bug");
		this.dependency.pooled = () -> {
			throw bug;
		};
		assertThatThrownBy(this::check).isSameAs(bug);
	}

	@ParameterizedTest
	@CsvSource({ "PT2S, 500", "PT0.001S, 1" })
	void maxWaitIsAShareOfTheTimeout(Duration timeout, long millis) {
		assertThat(PoolRule.maxWait(timeout)).isEqualTo(Duration.ofMillis(millis));
	}

	private Health check() {
		return PoolRule.check(this.dependency);
	}

	private static Health up() {
		return Health.up().build();
	}

	private static Health poolTimeout() {
		throw NoConnectionException.poolTimeout(Duration.ofMillis(500), null);
	}

	private static Health fail(Reason reason, String message) {
		throw new NoConnectionException(reason, message, null);
	}

	private static Health result(String status, String error, @Nullable String connection) {
		Health.Builder health = Health.status(status).withDetail("error", error);
		return ((connection != null) ? health.withDetail("connection", connection) : health).build();
	}

	private static final class FakeDependency implements PooledDependency {

		private final Deque<PoolLoad> loads = new ArrayDeque<>(List.of(PoolLoad.UNKNOWN));

		private final List<String> calls = new ArrayList<>();

		private Supplier<Health> pooled = PoolRuleTests::up;

		private Supplier<@Nullable Health> unpooled = () -> Health.up().withDetail("connection", "outside").build();

		private boolean limitsWait;

		/**
		 * The loads in their order, of which the last one stays.
		 */
		void loads(PoolLoad... loads) {
			this.loads.clear();
			this.loads.addAll(List.of(loads));
		}

		@Override
		public PoolLoad load() {
			return (this.loads.size() > 1) ? this.loads.remove() : this.loads.element();
		}

		@Override
		public boolean limitsWait() {
			return this.limitsWait;
		}

		@Override
		public Health checkPooled() {
			this.calls.add("pooled");
			return this.pooled.get();
		}

		@Override
		public @Nullable Health checkUnpooled() {
			this.calls.add("unpooled");
			return this.unpooled.get();
		}

	}

}
