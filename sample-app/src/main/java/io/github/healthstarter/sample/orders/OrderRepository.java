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

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps orders in the database.
 */
@Component
final class OrderRepository {

	private final JdbcClient jdbc;

	OrderRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Order insert(NewOrder order) {
		return this.jdbc.sql("""
				insert into orders (customer, item, quantity) values (:customer, :item, :quantity)
				returning id, customer, item, quantity, created_at
				""").paramSource(order).query(OrderRepository::toOrder).single();
	}

	Optional<Order> findById(long id) {
		return this.jdbc.sql("select id, customer, item, quantity, created_at from orders where id = :id")
			.param("id", id)
			.query(OrderRepository::toOrder)
			.optional();
	}

	List<Order> findLatest(int limit) {
		return this.jdbc
			.sql("select id, customer, item, quantity, created_at from orders order by id desc limit :limit")
			.param("limit", limit)
			.query(OrderRepository::toOrder)
			.list();
	}

	OrderReport report() {
		return this.jdbc.sql("select count(*) as orders, coalesce(sum(quantity), 0) as items from orders")
			.query((row, number) -> new OrderReport(row.getLong("orders"), row.getLong("items")))
			.single();
	}

	private static Order toOrder(ResultSet row, int number) throws SQLException {
		return new Order(row.getLong("id"), row.getString("customer"), row.getString("item"), row.getInt("quantity"),
				row.getObject("created_at", OffsetDateTime.class).toInstant());
	}

}
