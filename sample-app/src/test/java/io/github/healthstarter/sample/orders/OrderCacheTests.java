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

package io.github.healthstarter.sample.orders;

import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ValueOperations;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link OrderCache}.
 */
@ExtendWith(OutputCaptureExtension.class)
class OrderCacheTests {

	private static final Order ORDER = new Order(7, "ada", "tea", 2, Instant.parse("2026-01-02T03:04:05.678901Z"));

	private static final String JSON = """
			{"id":7,"customer":"ada","item":"tea","quantity":2,"createdAt":"2026-01-02T03:04:05.678901Z"}""";

	@SuppressWarnings("unchecked")
	private final ValueOperations<String, String> values = mock(ValueOperations.class);

	private Instant now = Instant.parse("2026-01-02T04:00:00Z");

	private OrderCache cache;

	@BeforeEach
	void createCache() {
		StringRedisTemplate redis = mock(StringRedisTemplate.class);
		given(redis.opsForValue()).willReturn(this.values);
		this.cache = new OrderCache(redis, JsonMapper.shared(), () -> this.now);
	}

	@Test
	void findWhenCachedReturnsOrder() {
		given(this.values.get("order:7")).willReturn(JSON);
		assertThat(this.cache.find(7)).contains(ORDER);
	}

	@Test
	void findWhenNotCachedIsEmpty() {
		assertThat(this.cache.find(7)).isEmpty();
	}

	@Test
	void findWhenValueIsUnreadableIsEmpty() {
		given(this.values.get("order:7")).willReturn("{");
		assertThat(this.cache.find(7)).isEmpty();
	}

	@Test
	void putWritesJsonThatExpires() {
		this.cache.put(ORDER);
		then(this.values).should().set("order:7", JSON, OrderCache.TIME_TO_LIVE);
	}

	@Test
	void redisThatFailsIsLoggedOnceAndLeftAloneForAMoment(CapturedOutput output) {
		given(this.values.get("order:7")).willThrow(new QueryTimeoutException("timed out"));
		assertThat(this.cache.find(7)).isEmpty();
		assertThat(this.cache.find(7)).isEmpty();
		then(this.values).should(times(1)).get("order:7");
		this.now = this.now.plus(OrderCache.PAUSE);
		assertThat(this.cache.find(7)).isEmpty();
		then(this.values).should(times(2)).get("order:7");
		assertThat(output).containsOnlyOnce("Redis fails");
	}

	@Test
	void redisThatComesBackIsUsedAndLoggedOnce(CapturedOutput output) {
		given(this.values.get("order:7")).willThrow(new QueryTimeoutException("timed out")).willReturn(JSON);
		assertThat(this.cache.find(7)).isEmpty();
		this.now = this.now.plus(OrderCache.PAUSE);
		assertThat(this.cache.find(7)).contains(ORDER);
		assertThat(this.cache.find(7)).contains(ORDER);
		assertThat(output).containsOnlyOnce("Redis answers again");
	}

	@Test
	void putWhenRedisFailsPausesReadsToo() {
		willThrow(new QueryTimeoutException("timed out")).given(this.values)
			.set(eq("order:7"), eq(JSON), eq(OrderCache.TIME_TO_LIVE));
		given(this.values.get("order:7")).willReturn(JSON);
		this.cache.put(ORDER);
		assertThat(this.cache.find(7)).isEmpty();
	}

}
