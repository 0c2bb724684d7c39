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

package io.github.healthstarter.web;

import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link Route#plan} of each route.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutePlanTests {

	private static final String[] PROPERTIES = Stream
		.concat(Stream.of(ContractApplication.PROPERTIES), Stream.of("health.access.trusted=127.0.0.1"))
		.toArray(String[]::new);

	private static final String TRUSTED = "127.0.0.1";

	private static final String STRANGER = "192.0.2.1";

	private ProbedApplication application;

	@BeforeAll
	void start() {
		this.application = ProbedApplication.onServlets(ContractApplication.class, PROPERTIES);
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	private RequestPlan plan(String target, Request request) {
		return RequestPlan.of(Objects.requireNonNull(this.application.bean(HttpContract.class).routes().find(target)),
				request);
	}

	private boolean isBlocking(String target, Request request) {
		return plan(target, request).isBlocking();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "/readyz, GET, fresh, true", "/readyz/write, HEAD, verbose&fresh=1, true",
					"/readyz, OPTIONS, fresh, true", "/readyz, POST, fresh, false", "/readyz, GET, -, false",
					"/readyz, GET, verbose, false", "/healthz, GET, fresh, false", "/startupz, GET, fresh, false",
					"/readyz/required, GET, fresh, false" })
	void freshResultsBlockForTrustedCallersAlone(String target, String method, @Nullable String query, boolean waits) {
		assertThat(isBlocking(target, new Request(method, query, TRUSTED, null))).isEqualTo(waits);
		assertThat(isBlocking(target, new Request(method, query, STRANGER, null))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "/admin/drain, GET, false", "/admin/drain, POST, true", "/admin/drain, DELETE, false",
			"/admin/drain, PUT, false", "/admin/maintenance, GET, false", "/admin/maintenance, PUT, true",
			"/admin/maintenance, DELETE, false", "/admin/maintenance, POST, false" })
	void changesBlockForTrustedCallersAlone(String target, String method, boolean waits) {
		assertThat(isBlocking(target, new Request(method, null, TRUSTED, null))).isEqualTo(waits);
		assertThat(isBlocking(target, new Request(method, null, STRANGER, "Bearer contract-token"))).isEqualTo(waits);
		assertThat(isBlocking(target, new Request(method, null, STRANGER, null))).isFalse();
		assertThat(isBlocking(target, new Request(method, null, TRUSTED, "Bearer wrong"))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "PUT, 4097", "DELETE, 0", "GET, 0", "POST, 0" })
	void bodyIsNeededToEnterAModeAlone(String method, int limit) {
		Request trusted = new Request(method, null, TRUSTED, null);
		assertThat(plan("/admin/maintenance", trusted).bodyLimit()).isEqualTo(limit);
		assertThat(plan("/admin/maintenance", new Request(method, null, STRANGER, null)).bodyLimit()).isZero();
		assertThat(plan("/admin/drain", trusted).bodyLimit()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "/readyz, GET, fresh", "/readyz, GET,", "/readyz/required, GET,", "/admin/maintenance, DELETE,",
			"/admin/drain, DELETE," })
	void accessIsDecidedOnce(String target, String method, @Nullable String query) {
		HttpRequest request = spy(new Request(method, query, TRUSTED, null));
		RequestPlan.of(Objects.requireNonNull(this.application.bean(HttpContract.class).routes().find(target)), request)
			.answer(new byte[0]);
		verify(request).hasHeader(any());
	}

	/**
	 * A request that has come in away from the main port.
	 */
	private record Request(String method, @Nullable String query, String remoteAddress,
			@Nullable String authorization) implements HttpRequest {

		@Override
		public @Nullable String header(String name) {
			return switch (name) {
				case "Authorization" -> this.authorization;
				case "Host" -> "localhost";
				default -> null;
			};
		}

		@Override
		public @Nullable String lastHeader(String name) {
			return header(name);
		}

		@Override
		public String protocol() {
			return "HTTP/1.1";
		}

		@Override
		public boolean hasHeader(Predicate<? super CharSequence> name) {
			return this.authorization != null && name.test("Authorization");
		}

		@Override
		public boolean isAddressForwarded() {
			return false;
		}

		@Override
		public boolean isOnMainPort() {
			return false;
		}

	}

}
