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

package io.github.healthstarter.indicator.r2dbc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.r2dbc.h2.H2ConnectionConfiguration;
import io.r2dbc.h2.H2ConnectionFactory;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.ValidationDepth;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ConnectionFactoryIndicator}, on H2 and with a driver that misbehaves.
 */
class ConnectionFactoryIndicatorTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final ConnectionFactory h2 = new H2ConnectionFactory(
			H2ConnectionConfiguration.builder().inMemory("r2dbc").build());

	private final ConnectionFactory driver = mock();

	private final Connection connection = mock();

	private final AtomicInteger closed = new AtomicInteger();

	@BeforeEach
	void prepareDriver() {
		ConnectionMetadata metadata = mock();
		willReturn("Some DB").given(metadata).getDatabaseProductName();
		willReturn(metadata).given(this.connection).getMetadata();
		willReturn(Mono.just(true)).given(this.connection).validate(ValidationDepth.REMOTE);
		willAnswer((call) -> Mono.fromRunnable(this.closed::incrementAndGet)).given(this.connection).close();
		willReturn(Mono.just(this.connection)).given(this.driver).create();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "select 1", "select x from system_range(1, 1000)", "select 1 where false" })
	void healthWhenTheDatabaseAnswersIsUpWithItsName(String query) {
		ConnectionFactoryIndicator indicator = new ConnectionFactoryIndicator(this.h2, query, TIMEOUT);
		for (int i = 0; i < 3; i++) {
			assertThat(indicator.health()).isEqualTo(Health.up().withDetail("database", "H2").build());
		}
	}

	@Test
	void healthWhenTheQueryFailsIsDownWithTheReason() {
		Health health = new ConnectionFactoryIndicator(this.h2, "select 1 from absent", TIMEOUT).health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat((String) health.getDetails().get("error")).contains("\"ABSENT\" not found");
	}

	@Test
	void healthWhenThereIsNoConnectionIsDownWithTheReason() {
		willReturn(Mono.error(new IllegalStateException("no route"))).given(this.driver).create();
		assertThat(indicator().health())
			.isEqualTo(Health.down().withDetail("error", "java.lang.IllegalStateException: no route").build());
	}

	@Test
	void healthWhenTheConnectionFactoryReturnsNullOrNothingIsDown() {
		Health health = Health.down().withDetail("error", "the connection factory returned no connection").build();
		willReturn(null).given(this.driver).create();
		assertThat(indicator().health()).isEqualTo(health);
		willReturn(Mono.empty()).given(this.driver).create();
		assertThat(indicator().health()).isEqualTo(health);
	}

	@Test
	void healthWhenTheConnectionIsNotValidIsDownAndClosesIt() {
		willReturn(Mono.just(false)).given(this.connection).validate(ValidationDepth.REMOTE);
		assertThat(indicator().health())
			.isEqualTo(Health.down().withDetail("error", "connection is not valid").build());
		assertThat(this.closed).hasValue(1);
	}

	@Test
	void healthWhenTheDriverSaysNothingIsDownAndClosesTheConnection() {
		willReturn(Mono.empty()).given(this.connection).validate(ValidationDepth.REMOTE);
		assertThat(indicator().health())
			.isEqualTo(Health.down().withDetail("error", "the driver gave no answer").build());
		assertThat(this.closed).hasValue(1);
	}

	@Test
	void healthWhenCloseFailsKeepsTheResult() {
		willReturn(Mono.error(new IllegalStateException("close"))).given(this.connection).close();
		assertThat(indicator().health()).isEqualTo(Health.up().withDetail("database", "Some DB").build());
		willReturn(Mono.error(new IllegalStateException("broken"))).given(this.connection)
			.validate(ValidationDepth.REMOTE);
		assertThat(indicator().health())
			.isEqualTo(Health.down().withDetail("error", "java.lang.IllegalStateException: broken").build());
	}

	@Test
	void healthWhenTheDatabaseHangsEndsWithTheTimeoutAndClosesTheConnection() {
		willReturn(Mono.never()).given(this.connection).validate(ValidationDepth.REMOTE);
		ConnectionFactoryIndicator indicator = new ConnectionFactoryIndicator(this.driver, null, Duration.ofMillis(50));
		assertThat(indicator.health()).isEqualTo(Health.down().withDetail("error", "no answer within 50ms").build());
		assertThat(this.closed).hasValue(1);
	}

	@Test
	void timeoutThatIsNotPositiveIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ConnectionFactoryIndicator(this.driver, null, Duration.ZERO))
			.withMessage("'timeout' is PT0S and must be more than zero");
	}

	private ConnectionFactoryIndicator indicator() {
		return new ConnectionFactoryIndicator(this.driver, null, TIMEOUT);
	}

}
