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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may ask what, as the HTTP contract has it. To be extended for each server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractHttpAccessTests {

	private static final String AUTHORIZATION = "Authorization: Bearer contract-token";

	private ProbedApplication application;

	/**
	 * Returns the application on the server under test, not started.
	 */
	abstract SpringApplicationBuilder application();

	/**
	 * Whether the server under test has the port of the application itself.
	 */
	boolean isOnMainPort() {
		return true;
	}

	private ProbedApplication start(String... properties) {
		return ProbedApplication.start(application(), properties);
	}

	@BeforeAll
	void start() {
		this.application = start(Stream
			.concat(Stream.of(ContractApplication.PROPERTIES), Stream.of("health.access.hosts=orders.internal"))
			.toArray(String[]::new));
		this.application.awaitState("running");
	}

	@AfterAll
	void stop() {
		this.application.close();
	}

	private boolean trusts(String... headers) {
		HttpAnswer answer = this.application.get("/readyz", headers);
		assertThat(answer.status()).isEqualTo(200);
		return answer.json().containsKey("components");
	}

	@Test
	void loopbackIsTrusted() {
		assertThat(trusts()).isTrue();
		assertThat(trusts("User-Agent: kube-probe/1.30", "Accept: */*")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST:8080", "127.0.0.1", "192.0.2.7:80", "[::1]", "[2001:db8::7]:80",
			"orders.internal", "Orders.Internal:8080" })
	void loopbackIsTrustedUnderNamesThatNoPageCanHave(String host) {
		assertThat(trusts("Host: " + host)).isTrue();
		assertThat(trusts("Host: " + host, "Sec-Fetch-Site: none", "Accept-Language: en")).isTrue();
	}

	@Test
	void requestOfHttp10IsNotTrusted() {
		for (String headers : List.of("", "Host: localhost\r\n")) {
			try (HttpConnection connection = this.application.connect()) {
				connection.sendRaw("GET /readyz HTTP/1.0\r\n" + headers + "\r\n");
				HttpAnswer answer = connection.receive();
				assertThat(answer.status()).isEqualTo(200);
				assertThat(answer.json()).containsOnlyKeys("status", "state");
			}
		}
		assertThat(trusts()).isTrue();
	}

	@Test
	void requestOfHttp2IsTrusted() throws Exception {
		try (ProbedApplication application = start("server.http2.enabled=true")) {
			application.awaitState("running");
			HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
			HttpRequest request = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + application.port() + "/readyz"))
				.build();
			HttpResponse<String> upgraded = client.send(request, HttpResponse.BodyHandlers.ofString());
			HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(answer.version())
				.isEqualTo(isOnMainPort() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
			assertThat(List.of(upgraded.body(), answer.body()))
				.allSatisfy((body) -> assertThat(body).contains("components"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "cross-site, navigate, document, true", "cross-site, navigate, iframe, false",
			"cross-site, no-cors, script, false", "cross-site, cors, empty, false", "same-origin, cors, empty, true",
			"none, navigate, document, true" })
	void requestOfAnotherSiteIsNotTrustedUnlessAPersonFollowsALink(String site, String mode, String destination,
			boolean trusted) {
		String[] headers = { "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: " + mode, "Sec-Fetch-Dest: " + destination };
		assertThat(trusts(headers)).isEqualTo(trusted);
	}

	@Test
	void afterARequestForAnotherHostLoopbackIsNotTrusted() {
		try (ProbedApplication behindProxy = start(ContractApplication.PROPERTIES)) {
			behindProxy.awaitState("running");
			assertThat(behindProxy.get("/readyz", "Host: shop.example", "X-Forwarded-For: 192.0.2.7").json())
				.containsOnlyKeys("status", "state");
			assertThat(behindProxy.get("/readyz").json()).as("after what a proxy has marked").containsKey("components");
			assertThat(behindProxy.get("/readyz", "Host: shop.example").json()).containsOnlyKeys("status", "state");
			for (String host : List.of("localhost", "127.0.0.1", "shop.example")) {
				assertThat(behindProxy.get("/readyz", "Host: " + host).json()).as(host)
					.containsOnlyKeys("status", "state");
			}
			assertThat(behindProxy.get("/readyz", AUTHORIZATION).json()).containsKey("components");
		}
	}

	@Test
	void requestForAnotherHostCountsOnAnyPath() {
		try (ProbedApplication behindProxy = start(ContractApplication.PROPERTIES)) {
			behindProxy.awaitState("running");
			assertThat(behindProxy.get("/shop", "Host: shop.example").status()).isEqualTo(404);
			assertThat(behindProxy.get("/readyz").json()).containsOnlyKeys("status", "state");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Forwarded: for=127.0.0.1", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https",
			"X-Forwarded-Client-Cert: a", "x-forwarded-host: localhost", "X-FORWARDED-FOR:", "X-Real-IP: ::1",
			"x-real-ip: 127.0.0.1", "Via: 1.1 vegur", "VIA: a", "X-Envoy-External-Address: 127.0.0.1",
			"x-envoy-attempt-count: 1", "fORWARDED: host=localhost", "True-Client-IP: ::1", "CF-Ray: a",
			"cf-ipcountry: DE", "CDN-Loop: cloudflare", "X-Client-IP: ::1", "X-Cluster-Client-IP: ::1",
			"Fastly-Client-IP: ::1", "X-Original-Forwarded-For: ::1", "x-original-host: a", "l5d-dst-canonical: a",
			"L5d-Client-Id: a", "X-Amzn-Trace-Id: a", "X-Cloud-Trace-Context: a", "X-Azure-Ref: a",
			"Tailscale-User-Login: a", "Proxy-Connection: keep-alive" })
	void loopbackWithAnythingThatAProxyLeavesIsNotTrusted(String header) {
		assertThat(trusts(header)).isFalse();
		assertThat(trusts(header, AUTHORIZATION)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "Bearer contract-token, true", "bearer contract-token, true", "BEARER   contract-token, true",
					"Bearer wrong, false", "Bearer contract-token2, false", "Bearer contract-toke, false",
					"Bearer Contract-Token, false", "Bearer, false", "Basic contract-token, false",
					"contract-token, false", "'', false", "-, false" })
	void tokenMakesAStrangerTrusted(@Nullable String authorization, boolean trusted) {
		String[] headers = (authorization != null) ? new String[] { "Via: a", "Authorization: " + authorization }
				: new String[] { "Via: a" };
		assertThat(trusts(headers)).isEqualTo(trusted);
	}

	@ParameterizedTest
	@CsvSource({ "Bearer contract-token, 200", "bearer contract-token, 200", "Bearer wrong, 403",
			"Basic Y29udHJhY3QtdG9rZW4=, 401", "contract-token, 401" })
	void administrationIsForTheToken(String authorization, int status) {
		for (String proxy : List.of("X-Other: a", "X-Forwarded-For: 10.1.1.1")) {
			HttpAnswer answer = this.application.get("/admin/drain", proxy, "Authorization: " + authorization);
			assertThat(answer.status()).isEqualTo(status);
			assertThat(answer.header("www-authenticate")).isEqualTo((status == 401) ? "Bearer" : null);
			assertThat(answer.body().isEmpty()).isEqualTo(status != 200);
		}
		assertThat(this.application.get("/readyz").json()).containsEntry("state", "running");
	}

	@Test
	void administrationNeedsTheToken() {
		assertThatAdministrationNeedsTheToken(this.application);
	}

	private static void assertThatAdministrationNeedsTheToken(ProbedApplication application) {
		String ownOrigin = "Origin: http://localhost:" + application.port();
		for (String header : List.of("X-Other: a", "X-Forwarded-For: 127.0.0.1", "Via: a", ownOrigin)) {
			for (String path : List.of("/admin/drain", "/admin/maintenance")) {
				HttpAnswer answer = application.ask("POST", path, header);
				assertThat(answer.status()).as(header).isEqualTo(401);
				assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
				assertThat(answer.body()).isEmpty();
			}
		}
		assertThat(application.get("/readyz").json()).containsEntry("state", "running");
	}

	@Test
	void administrationWithoutATokenIsForAddressesThatAreListedSinglyAwayFromTheMainPortAlone() {
		try (ProbedApplication listing = start("health.access.trusted=127.0.0.1,10.0.0.0/8")) {
			listing.awaitState("running");
			assertThat(listing.get("/admin/drain").status()).isEqualTo(isOnMainPort() ? 401 : 200);
			assertThat(listing.ask("POST", "/admin/drain", "Via: a").status()).isEqualTo(401);
			assertThat(listing.ask("POST", "/admin/drain", "Origin: http://localhost:" + listing.port()).status())
				.isEqualTo(401);
			assertThat(listing.get("/admin/drain", "Host: shop.example").status()).isEqualTo(401);
		}
	}

	@Test
	void addressOfABlockBeginsADrainOnThePreStopPathAloneAwayFromTheMainPort() {
		try (ProbedApplication listing = start("health.access.trusted=127.0.0.0/8", "health.drain.pre-stop-path=/stop",
				"health.access.token=contract-token")) {
			listing.awaitState("running");
			assertThatAdministrationNeedsTheToken(listing);
			assertThat(listing.get("/stop", "Via: a").status()).isEqualTo(401);
			assertThat(listing.get("/stop").status()).isEqualTo(isOnMainPort() ? 401 : 200);
		}
	}

	@Test
	void addressThatIsTrustedByDefaultBeginsNoDrainOnThePreStopPath() {
		try (ProbedApplication standard = start("health.drain.pre-stop-path=/stop")) {
			standard.awaitState("running");
			assertThat(standard.get("/stop").status()).isEqualTo(401);
			assertThat(standard.get("/readyz").json()).containsEntry("state", "running").containsKey("components");
		}
	}

	@Test
	void withAnEmptyListNobodyIsTrustedByAddress() {
		try (ProbedApplication strict = start("health.access.trusted=", "health.access.token=contract-token")) {
			assertThat(strict.get("/readyz").json()).containsOnlyKeys("status", "state");
			assertThat(strict.get("/readyz", AUTHORIZATION).json()).containsKey("components");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "null", "http://localhost.evil.example:1", "http://[", "",
			"localhost", "http://localhost", "http://user@localhost:%d" })
	void administrationFromAnotherOriginIsRefusedEvenWithTheToken(String origin) {
		HttpAnswer answer = this.application.ask("POST", "/admin/drain", AUTHORIZATION,
				"Origin: " + origin.replace("%d", String.valueOf(this.application.port())));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.body()).isEmpty();
		assertThat(this.application.get("/readyz").json()).containsEntry("state", "running");
	}

	@Test
	void administrationFromItsOwnOriginIsServed() {
		assertThat(this.application
			.get("/admin/drain", AUTHORIZATION, "Host: localhost:8080", "Origin: http://LOCALHOST:8080")
			.status()).isEqualTo(200);
	}

	@Test
	void administrationBeginsAndUndoesADrain() {
		HttpAnswer begun = this.application.ask("POST", "/admin/drain", AUTHORIZATION);
		assertThat(begun.status()).isIn(200, 202);
		assertThat(begun.json()).containsEntry("state", "draining");
		assertThat(begun.json("drain")).containsEntry("trigger", "api");
		HttpAnswer undone = this.application.ask("DELETE", "/admin/drain", AUTHORIZATION);
		assertThat(undone.status()).isEqualTo(200);
		assertThat(undone.json()).containsEntry("state", "running").doesNotContainKey("drain");
	}

	@Test
	void withoutATokenAdministrationIsNeverOpenAndOnlyTrustedAddressesLearnDetails() {
		try (ProbedApplication strict = start("health.access.trusted=192.0.2.1", "health.access.token=")) {
			for (String target : AbstractHttpStateTests.PROBES) {
				assertThat(strict.get(target).json()).containsOnlyKeys("status", "state");
			}
			assertThat(strict.get("/readyz", "Authorization: Bearer ").json()).containsOnlyKeys("status", "state");
			assertThat(strict.get("/readyz/required").json()).containsOnlyKeys("status");
			assertThat(strict.get("/readyz/unknown").body()).isEmpty();
			assertThat(strict.ask("POST", "/admin/drain").status()).isEqualTo(401);
			for (String credentials : List.of("Bearer null", "Bearer contract-token")) {
				assertThat(strict.ask("POST", "/admin/drain", "Authorization: " + credentials).status()).isEqualTo(403);
			}
			for (String credentials : List.of("Bearer", "Bearer ", "Basic YTpi")) {
				assertThat(strict.ask("POST", "/admin/drain", "Authorization: " + credentials).status()).isEqualTo(401);
			}
		}
	}

	@Test
	void tokenFromAFileThatEndsWithALineBreakIsTheTokenWithoutIt() {
		try (ProbedApplication mounted = start("health.access.token=secret\n")) {
			assertThat(mounted.get("/admin/drain", "Authorization: Bearer secret").status()).isEqualTo(200);
		}
	}

	@Test
	void whoIsNotAllowedGetsARefusalAtTheMost() {
		try (ProbedApplication closed = start("health.access.allow=192.0.2.0/24,2001:db8::/32",
				"health.access.token=contract-token")) {
			for (String target : List.of("/healthz", "/startupz", "/readyz", "/readyz/required", "/readyz/unknown",
					"/admin/drain")) {
				for (String header : List.of(AUTHORIZATION, "X-Forwarded-For: 192.0.2.7", "X-Real-IP: 192.0.2.7")) {
					assertIsRefused(closed, "GET", target, header);
				}
			}
			assertIsRefused(closed, "POST", "/readyz", "Content-Length: 0");
		}
	}

	private void assertIsRefused(ProbedApplication closed, String method, String target, String header) {
		try (HttpConnection connection = closed.connect()) {
			if (!isOnMainPort()) {
				assertThat(connection.endsHere()).isTrue();
				return;
			}
			HttpAnswer answer = connection.ask(method, target, header);
			assertThat(answer.status()).as(target).isEqualTo(403);
			assertThat(answer.body()).as(target).isEmpty();
			assertThat(answer.header("cache-control")).isEqualTo("no-store");
			assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
		}
	}

}
