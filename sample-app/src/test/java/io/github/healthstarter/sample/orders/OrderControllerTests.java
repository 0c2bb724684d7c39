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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.assertj.RestTestClientResponse;

import io.github.healthstarter.sample.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OrderController} with real servers behind it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrderControllerTests {

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private StringRedisTemplate redis;

	@LocalServerPort
	private int port;

	private RestTestClient client;

	@BeforeEach
	void createClient() {
		this.client = RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

	@Test
	void placeAnswersTheOrderAndWhereItIs() {
		Instant before = Instant.now().minusSeconds(1);
		EntityExchangeResult<Order> result = post(new NewOrder("ada", "tea", 2));
		Order order = body(result);
		assertThat(result.getStatus()).isEqualTo(HttpStatus.CREATED);
		assertThat(order).isEqualTo(new Order(order.id(), "ada", "tea", 2, order.createdAt()));
		assertThat(order.createdAt()).isBetween(before, Instant.now().plusSeconds(1));
		assertThat(result.getResponseHeaders().getLocation())
			.isEqualTo(URI.create("http://localhost:" + this.port + "/orders/" + order.id()));
		assertThat(find(order.id())).isEqualTo(order);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"customer":"","item":"tea","quantity":1}                | 'customer' must not be blank
			{"item":"tea","quantity":1}                              | 'customer' must not be blank
			{"customer":"ada","item":"tea","quantity":0}             | 'quantity' must be from 1 to 1000 but is 0
			{"customer":"ada","item":"tea"}                          | 'quantity' is missing or of the wrong type
			{"customer":"ada","item":"tea","quantity":"many"}        | 'quantity' is missing or of the wrong type
			{"customer":"ada","item":"tea","quantity":99999999999}   | 'quantity' is missing or of the wrong type
			{"customer":                                             | The body must be a JSON object with
			[]                                                       | The body must be a JSON object with
			""", quoteCharacter = '`')
	void placeWithBadInputAnswersWhatIsWrong(String body, String detail) {
		RestTestClientResponse response = RestTestClientResponse
			.from(this.client.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).body(body).exchange());
		assertThat(response).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.detail")
			.asString()
			.startsWith(detail);
	}

	@ParameterizedTest
	@CsvSource({ "0, 404", "-1, 404", "9223372036854775807, 404", "9223372036854775808, 400", "tea, 400" })
	void findWithoutSuchOrderAnswersProblem(String id, int status) {
		RestTestClientResponse response = get("/orders/" + id);
		assertThat(response).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void findAfterFirstReadAnswersFromCache() {
		long id = place().id();
		assertThat(find(id).item()).isEqualTo("tea");
		this.jdbc.sql("update orders set item = 'coffee' where id = ?").param(id).update();
		assertThat(find(id).item()).isEqualTo("tea");
		assertThat(this.redis.getExpire("order:" + id)).isBetween(1L, OrderCache.TIME_TO_LIVE.toSeconds());
		this.redis.delete("order:" + id);
		assertThat(find(id).item()).isEqualTo("coffee");
	}

	@Test
	void findWhileRedisHangsAnswersFromDatabase() {
		long id = place().id();
		TestProcess server = new TestProcess(redisPid());
		server.signal("STOP");
		try {
			assertThat(find(id).item()).isEqualTo("tea");
			this.jdbc.sql("update orders set item = 'coffee' where id = ?").param(id).update();
			assertThat(find(id).item()).isEqualTo("coffee");
		}
		finally {
			server.signal("CONT");
		}
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
			find(id);
			return this.redis.hasKey("order:" + id);
		});
	}

	@Test
	void latestAnswersTwentyOrdersNewestFirst() {
		Deque<Long> placed = new ArrayDeque<>();
		for (int i = 0; i < 21; i++) {
			placed.addFirst(place().id());
		}
		placed.removeLast();
		List<Order> latest = this.client.get()
			.uri("/orders")
			.exchange()
			.returnResult(new ParameterizedTypeReference<List<Order>>() {
			})
			.getResponseBody();
		assertThat(latest).extracting(Order::id).containsExactlyElementsOf(placed);
	}

	@Test
	void reportAnswersTheSumsAfterItsDelay() {
		place();
		OrderReport expected = this.jdbc.sql("select count(*), sum(quantity) from orders")
			.query((row, number) -> new OrderReport(row.getLong(1), row.getLong(2)))
			.single();
		Instant asked = Instant.now();
		OrderReport report = body(
				this.client.get().uri("/orders/report?delay=300ms").exchange().returnResult(OrderReport.class));
		assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
		assertThat(report).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1s", "soon" })
	void reportWithBadDelayAnswersProblem(String delay) {
		assertThat(get("/orders/report?delay=" + delay)).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	private long redisPid() {
		return this.redis.execute((RedisCallback<Long>) (connection) -> Long
			.valueOf(connection.serverCommands().info("server").getProperty("process_id")));
	}

	private Order place() {
		return body(post(new NewOrder("ada", "tea", 2)));
	}

	private EntityExchangeResult<Order> post(NewOrder order) {
		return this.client.post().uri("/orders").body(order).exchange().returnResult(Order.class);
	}

	private Order find(long id) {
		return body(this.client.get().uri("/orders/{id}", id).exchange().returnResult(Order.class));
	}

	private static <T> T body(EntityExchangeResult<T> result) {
		return Objects.requireNonNull(result.getResponseBody());
	}

	private RestTestClientResponse get(String uri) {
		return RestTestClientResponse.from(this.client.get().uri(uri).exchange());
	}

}
