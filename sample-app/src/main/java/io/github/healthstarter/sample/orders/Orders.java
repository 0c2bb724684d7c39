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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.springframework.stereotype.Service;

/**
 * What can be done with orders. Safe for use by many threads.
 */
@Service
final class Orders {

	private static final int LATEST = 20;

	private static final Duration MAX_REPORT_DELAY = Duration.ofSeconds(5);

	private final OrderRepository repository;

	private final OrderCache cache;

	Orders(OrderRepository repository, OrderCache cache) {
		this.repository = repository;
		this.cache = cache;
	}

	Order place(NewOrder order) {
		return this.repository.insert(order);
	}

	/**
	 * Find an order in the cache, or else in the database and cache it.
	 * @param id the order's number
	 * @return the order, or empty where there is none
	 */
	Optional<Order> find(long id) {
		return this.cache.find(id).or(() -> findUncached(id));
	}

	private Optional<Order> findUncached(long id) {
		Optional<Order> order = this.repository.findById(id);
		order.ifPresent(this.cache::put);
		return order;
	}

	List<Order> latest() {
		return this.repository.findLatest(LATEST);
	}

	/**
	 * Simulate a report that takes its time. No thread waits for it.
	 * @param delay how long it takes, at most 5 seconds
	 * @return the report to come
	 */
	CompletableFuture<OrderReport> report(Duration delay) {
		return CompletableFuture.supplyAsync(this.repository::report,
				CompletableFuture.delayedExecutor(capped(delay).toMillis(), TimeUnit.MILLISECONDS));
	}

	static Duration capped(Duration delay) {
		return (delay.compareTo(MAX_REPORT_DELAY) < 0) ? delay : MAX_REPORT_DELAY;
	}

}
