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

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps orders in Redis for a while. A Redis that fails costs nobody an answer: the cache
 * is empty until it works again, and is left alone for a moment after each failure so
 * that not every request waits for its time limit. Safe for use by many threads.
 */
final class OrderCache {

	static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

	static final Duration PAUSE = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(OrderCache.class);

	private final StringRedisTemplate redis;

	private final JsonMapper json;

	private final InstantSource clock;

	private final AtomicBoolean failing = new AtomicBoolean();

	private volatile Instant pausedUntil = Instant.MIN;

	OrderCache(StringRedisTemplate redis, JsonMapper json, InstantSource clock) {
		this.redis = redis;
		this.json = json;
		this.clock = clock;
	}

	Optional<Order> find(long id) {
		return ask(() -> read(this.redis.opsForValue().get(key(id))), Optional.empty());
	}

	void put(Order order) {
		ask(() -> {
			this.redis.opsForValue().set(key(order.id()), this.json.writeValueAsString(order), TIME_TO_LIVE);
			return order;
		}, order);
	}

	private Optional<Order> read(@Nullable String value) {
		try {
			return (value != null) ? Optional.of(this.json.readValue(value, Order.class)) : Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private <T> T ask(Supplier<T> question, T otherwise) {
		if (this.clock.instant().isBefore(this.pausedUntil)) {
			return otherwise;
		}
		try {
			T answer = question.get();
			if (this.failing.compareAndSet(true, false)) {
				logger.info("Redis answers again, orders are cached");
			}
			return answer;
		}
		catch (DataAccessException ex) {
			this.pausedUntil = this.clock.instant().plus(PAUSE);
			if (this.failing.compareAndSet(false, true)) {
				logger.warn("Redis fails, orders come from the database until it answers: {}", ex.getMessage());
			}
			return otherwise;
		}
	}

	private static String key(long id) {
		return "order:" + id;
	}

}
