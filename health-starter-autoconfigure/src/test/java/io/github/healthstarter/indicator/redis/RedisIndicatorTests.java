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

import java.util.Properties;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.ClusterInfo;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link RedisIndicator}, with a client that misbehaves.
 */
class RedisIndicatorTests {

	private final RedisConnectionFactory factory = mock();

	private final RedisConnection connection = mock();

	private final RedisClusterConnection cluster = mock();

	private final RedisIndicator indicator = ConnectedRedis.indicator(this.factory, RedisValidation.Kind.PING);

	@BeforeEach
	void prepareClient() {
		given(this.factory.getConnection()).willReturn(this.connection);
		given(this.connection.ping()).willReturn("PONG");
	}

	@Test
	void healthWhenServerAnswersIsUpAndClosesTheConnection() {
		assertThat(this.indicator.health()).isEqualTo(Health.up().build());
		then(this.connection).should().close();
	}

	@Test
	void healthSendsNothingButThePing() {
		this.indicator.health();
		then(this.connection).should().ping();
		then(this.connection).should().close();
		then(this.connection).shouldHaveNoMoreInteractions();
	}

	@Test
	void healthWhenReplyIsNotPongIsDown() {
		given(this.connection.ping()).willReturn("PANG", (String) null);
		assertThat(this.indicator.health()).isEqualTo(down("unexpected reply to PING: PANG"));
		assertThat(this.indicator.health()).isEqualTo(down("unexpected reply to PING: null"));
	}

	@Test
	void healthWhenServerAnswersAnErrorIsDownWithItsReason() {
		given(this.connection.ping())
			.willThrow(new RedisSystemException("Error in execution", new IllegalStateException("BUSY Redis is busy")));
		assertThat(this.indicator.health()).isEqualTo(down("busy with a script that has run for too long"));
		then(this.connection).should().close();
	}

	@Test
	void healthWhenCommandFailsIsDownWithTheRootCause() {
		given(this.connection.ping())
			.willThrow(new RedisSystemException("Redis exception", new IllegalStateException("Out of order")));
		assertThat(this.indicator.health())
			.isEqualTo(down("org.springframework.data.redis.RedisSystemException: Redis exception"
					+ " (java.lang.IllegalStateException: Out of order)"));
		then(this.connection).should().close();
	}

	@Test
	void healthWhenThereIsNoConnectionIsDown() {
		given(this.factory.getConnection()).willThrow(new RedisConnectionFailureException("No connection"));
		assertThat(this.indicator.health())
			.isEqualTo(down("org.springframework.data.redis.RedisConnectionFailureException: No connection"));
	}

	@Test
	@SuppressWarnings("NullAway")
	void healthWhenConnectionFactoryReturnsNullIsDown() {
		given(this.factory.getConnection()).willReturn(null);
		assertThat(this.indicator.health()).isEqualTo(down("the connection factory returned no connection"));
	}

	@Test
	void healthWhenFailureHasNoMessageIsDown() {
		given(this.connection.ping()).willThrow(new IllegalStateException());
		assertThat(this.indicator.health()).isEqualTo(down("java.lang.IllegalStateException"));
	}

	@Test
	void healthWhenClientThrowsAnErrorLetsItEscapeAndClosesTheConnection() {
		Error error = new NoClassDefFoundError("client");
		given(this.connection.ping()).willThrow(error);
		assertThatThrownBy(this.indicator::health).isSameAs(error);
		then(this.connection).should().close();
	}

	@Test
	void healthWhenCloseFailsKeepsTheResult() {
		willThrow(new RedisSystemException("close", null)).given(this.connection).close();
		assertThat(this.indicator.health()).isEqualTo(Health.up().build());
		given(this.connection.ping()).willThrow(new IllegalStateException("broken"));
		assertThat(this.indicator.health()).isEqualTo(down("java.lang.IllegalStateException: broken"));
	}

	@Test
	void healthWhenClusterIsOkIsUpWithoutAPing() {
		givenClusterState("ok");
		assertThat(this.indicator.health()).isEqualTo(Health.up().withDetail("mode", "cluster").build());
		then(this.cluster).should(never()).ping();
		then(this.cluster).should().close();
	}

	@Test
	void healthWhenClusterIsNotOkIsDown() {
		givenClusterState("fail");
		assertThat(this.indicator.health()).isEqualTo(clusterDown("the cluster is down: cluster_state is fail"));
		then(this.cluster).should().close();
	}

	@Test
	void healthWhenClusterStateIsUnavailableIsDown() {
		given(this.factory.getConnection()).willReturn(this.cluster);
		assertThat(this.indicator.health()).isEqualTo(clusterDown("cluster state unavailable"));
		given(this.cluster.clusterGetClusterInfo()).willReturn(new ClusterInfo(new Properties()));
		assertThat(this.indicator.health()).isEqualTo(clusterDown("cluster state unavailable"));
	}

	@Test
	@SuppressWarnings("NullAway")
	void connectionFactoryThatIsNullIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> ConnectedRedis.indicator(null, RedisValidation.Kind.PING))
			.withMessage("'connectionFactory' must not be null");
	}

	private void givenClusterState(String state) {
		Properties properties = new Properties();
		properties.setProperty("cluster_state", state);
		given(this.factory.getConnection()).willReturn(this.cluster);
		given(this.cluster.clusterGetClusterInfo()).willReturn(new ClusterInfo(properties));
	}

	private static Health down(String error) {
		return Health.down().withDetail("error", error).build();
	}

	private static Health clusterDown(String error) {
		return Health.down().withDetail("error", error).withDetail("mode", "cluster").build();
	}

}
