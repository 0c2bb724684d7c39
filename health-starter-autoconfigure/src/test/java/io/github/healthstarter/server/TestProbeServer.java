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

package io.github.healthstarter.server;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.TestCertificate;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.HttpRequest;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.RequestPlan;
import io.github.healthstarter.web.Route;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A probe server with routes for tests, on the loopback addresses, of which 127.0.0.1 is
 * trusted: {@code /ok}, {@code /echo}, {@code /large}, {@code /broken}, and
 * {@code /wait}, which is held until {@link #release()}. {@code /block} blocks the thread
 * of the connections itself, see {@link #whileBlocked}. {@code /served} counts the
 * answers of {@code /ok}.
 */
final class TestProbeServer implements AutoCloseable {

	static final int LARGE = 32 * 1024 * 1024;

	static final Duration SHORT = Duration.ofMillis(400);

	private static final Duration LONG = Duration.ofMinutes(5);

	private final Lifecycle lifecycle = new Lifecycle(TimeSource.system(), Duration.ZERO);

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger served = new AtomicInteger();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final Semaphore blocked = new Semaphore(0);

	private final Semaphore unblocked = new Semaphore(0);

	private final ProbeServer server;

	private TestProbeServer(ProbeServerSettings settings, AccessRules rules) {
		Map<String, Route> routes = Map.of("/ok", this::count, "/echo", TestProbeServer::echo, "/large",
				(request) -> text("x".repeat(LARGE)), "/broken", TestProbeServer::fail, "/wait",
				(request) -> RequestPlan.blocking(this::awaitGate), "/block", this::block, "/served",
				(request) -> text(this.served.toString()));
		this.server = new ProbeServer(settings, (path) -> find(routes, path), policy(rules),
				new DrainHeaders(this.lifecycle, () -> false));
		this.server.start();
	}

	private static AccessPolicy policy(AccessRules rules) {
		AccessPolicy policy = new AccessPolicy(() -> rules, Runnable::run);
		policy.keepLoopbackTrust();
		return policy;
	}

	private static @Nullable Route find(Map<String, Route> routes, String path) {
		if ("/lost".equals(path)) {
			throw new IllegalStateException("no " + path);
		}
		return routes.get(path);
	}

	static TestProbeServer start() {
		return start(limits(512, 64, LONG, LONG));
	}

	static TestProbeServer start(ProbeServerSettings settings) {
		return new TestProbeServer(settings, new AccessRules(List.of(), List.of("127.0.0.1"), null));
	}

	static TestProbeServer encrypting(ProbeServerSettings settings, TestCertificate certificate) {
		TestProbeServer server = start(settings);
		server.server.encrypt(certificate::engine);
		return server;
	}

	static TestProbeServer allowing(String... addresses) {
		return new TestProbeServer(limits(512, 64, LONG, LONG), new AccessRules(List.of(addresses), List.of(), null));
	}

	static ProbeServerSettings limits(int connections, int perClient, Duration request, Duration idle) {
		return new ProbeServerSettings(InetAddress.getLoopbackAddress(), 0, connections, perClient, request, idle);
	}

	static ProbeServerSettings connections(int all, int perClient) {
		return limits(all, perClient, LONG, LONG);
	}

	static ProbeServerSettings requestTimeout(Duration limit) {
		return limits(512, 64, limit, LONG);
	}

	static ProbeServerSettings idleTimeout(Duration limit) {
		return limits(512, 64, LONG, limit);
	}

	static HttpResponse text(String text) {
		return new HttpResponse(200, "text/plain", text.getBytes(StandardCharsets.UTF_8), Map.of());
	}

	private static RequestPlan echo(HttpRequest request) {
		String head = String.join("|", request.method(), String.valueOf(request.query()), request.remoteAddress());
		return RequestPlan.blocking(100, (body) -> text(head + "|" + new String(body, StandardCharsets.UTF_8)));
	}

	private static HttpResponse fail(HttpRequest request) {
		throw new IllegalStateException("broken by " + request.method());
	}

	private HttpResponse count(HttpRequest request) {
		this.served.incrementAndGet();
		return text("ok");
	}

	private HttpResponse block(HttpRequest request) {
		this.blocked.release();
		this.unblocked.acquireUninterruptibly();
		return text("blocked");
	}

	/**
	 * Do something while the thread of the connections can do nothing, so that it finds
	 * everything at once.
	 */
	<T> T whileBlocked(Supplier<T> action) {
		try (HttpConnection connection = connect()) {
			connection.send("GET", "/block");
			this.blocked.acquireUninterruptibly();
			T result;
			try {
				result = action.get();
			}
			finally {
				this.unblocked.release();
			}
			assertThat(connection.receive().body()).isEqualTo("blocked");
			return result;
		}
	}

	ProbeServer server() {
		return this.server;
	}

	Lifecycle lifecycle() {
		return this.lifecycle;
	}

	HttpConnection connect() {
		return HttpConnection.to(this.server.port());
	}

	HttpConnection connectFrom(String address) {
		return HttpConnection.from(address, this.server.port());
	}

	HttpAnswer get(String target) {
		try (HttpConnection connection = connect()) {
			return connection.ask("GET", target);
		}
	}

	void release() {
		this.gate.countDown();
	}

	void awaitWaiting(int count) {
		await().until(this.waiting::get, (waiting) -> waiting == count);
	}

	static ConditionFactory await() {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(20));
	}

	@Override
	public void close() {
		release();
		this.server.close();
	}

	private HttpResponse awaitGate() {
		this.waiting.incrementAndGet();
		try {
			this.gate.await();
			return text("waited");
		}
		catch (InterruptedException ex) {
			return text("interrupted");
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

}
