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

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.annotation.DurationFormat.Style;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Orders over HTTP.
 */
@RestController
@RequestMapping("/orders")
final class OrderController {

	private final Orders orders;

	OrderController(Orders orders) {
		this.orders = orders;
	}

	@PostMapping
	ResponseEntity<Order> place(@RequestBody NewOrder newOrder) {
		Order order = this.orders.place(newOrder);
		URI location = ServletUriComponentsBuilder.fromCurrentRequest().path("/{id}").build(order.id());
		return ResponseEntity.created(location).body(order);
	}

	@GetMapping("/{id}")
	Order find(@PathVariable long id) {
		return this.orders.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no order " + id));
	}

	@GetMapping
	List<Order> latest() {
		return this.orders.latest();
	}

	/**
	 * Answer asynchronously after a delay, as a slow report would.
	 * @param delay how long the report takes, such as {@code 200ms}; beyond 5 seconds it
	 * takes 5 seconds
	 * @return the report to come
	 */
	@GetMapping("/report")
	CompletableFuture<OrderReport> report(
			@RequestParam(defaultValue = "200ms") @DurationFormat(style = Style.SIMPLE) Duration delay) {
		if (delay.isNegative()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'delay' must not be negative");
		}
		return this.orders.report(delay);
	}

}
