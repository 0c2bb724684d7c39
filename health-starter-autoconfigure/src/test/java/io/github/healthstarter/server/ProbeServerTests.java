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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.util.internal.ThreadExecutorMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.util.ReflectionTestUtils;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.testing.FatalHandle;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbeServerDefaults;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ProbeServer}.
 */
class ProbeServerTests {

	private static ProbeServer server(int port) {
		return server(InetAddress.getLoopbackAddress(), port);
	}

	private static ProbeServer server(@Nullable InetAddress address, int port) {
		AccessRules rules = new AccessRules(List.of(), List.of(), null);
		return new ProbeServer(ProbeServerDefaults.of(address, port), (path) -> (request) -> HttpResponse.empty(200),
				new AccessPolicy(() -> rules, Runnable::run),
				new DrainHeaders(new Lifecycle(TimeSource.system(), Duration.ZERO), () -> false));
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("health-server")
					|| thread.getName().startsWith("globalEventExecutor"))
			.collect(Collectors.toSet());
	}

	// A thread counts as ended a moment before it is gone
	private static void assertNoMoreThan(int count, Set<Thread> before) {
		TestProbeServer.await().untilAsserted(() -> {
			Set<Thread> threads = threads();
			threads.removeAll(before);
			assertThat(threads).hasSizeLessThanOrEqualTo(count);
		});
	}

	private static int status(int port) {
		try (HttpConnection connection = HttpConnection.to(port)) {
			return connection.ask("GET", "/").status();
		}
	}

	private static void assertIsFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			assertThat(socket.isBound()).isTrue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void portIsTheOneThatIsListenedOnHoweverOftenItIsStarted() {
		try (ProbeServer server = server(0)) {
			assertThatIllegalStateException().isThrownBy(server::port);
			int port = server.start();
			assertThat(port).isPositive();
			assertThat(server.start()).isEqualTo(port);
			assertThat(server.port()).isEqualTo(port);
			assertThat(status(port)).isEqualTo(200);
		}
	}

	@Test
	void serverWithoutAddressListensOnAll() {
		try (ProbeServer server = server(null, 0)) {
			assertThat(status(server.start())).isEqualTo(200);
		}
	}

	@Test
	void threadIsOneAndADaemon() {
		Set<Thread> before = threads();
		try (ProbeServer server = server(0)) {
			status(server.start());
			Set<Thread> started = threads();
			started.removeAll(before);
			assertThat(started).singleElement().satisfies((thread) -> {
				assertThat(thread.getName()).isEqualTo("health-server");
				assertThat(thread.isDaemon()).isTrue();
			});
		}
	}

	@Test
	void portThatIsTakenIsTold() {
		Set<Thread> before = threads();
		try (ProbeServer second = server(occupiedFor((taken) -> {
			int port = taken.port();
			ProbeServer refused = server(port);
			assertThatExceptionOfType(ProbeServerBindException.class).isThrownBy(refused::start)
				.withMessageStartingWith("Probe server cannot listen on port " + port + " of 127.0.0.1: ")
				.satisfies((ex) -> assertThat(ex.address().getPort()).isEqualTo(port));
			assertNoMoreThan(1, before);
			refused.close();
		}))) {
			assertThat(status(second.start())).isEqualTo(200);
		}
	}

	private static int occupiedFor(Consumer<ProbeServer> test) {
		try (ProbeServer server = server(0)) {
			int port = server.start();
			test.accept(server);
			return port;
		}
	}

	@Test
	void closeMayBeCalledAtAnyTimeAndAgain() {
		ProbeServer server = server(0);
		server.close();
		int port = server.start();
		server.close();
		server.close();
		assertThatIllegalStateException().isThrownBy(server::port);
		assertIsFree(port);
	}

	@Test
	void closeEndsConnectionsWhateverTheyAreDoing() {
		TestProbeServer server = TestProbeServer.start();
		try (HttpConnection idle = server.connect(); HttpConnection slow = server.connect()) {
			assertThat(idle.ask("GET", "/ok").status()).isEqualTo(200);
			assertThat(slow.ask("GET", "/ok").status()).isEqualTo(200);
			slow.sendRaw("GET /");
			server.server().close();
			assertThat(idle.endsHere()).isTrue();
			assertThat(slow.endsHere()).isTrue();
		}
		finally {
			server.close();
		}
	}

	@Test
	void closeLetsTheAnswerOutThatIsUnderWay() {
		TestProbeServer server = TestProbeServer.start();
		CompletableFuture<Void> closed;
		try (HttpConnection waiting = server.connect()) {
			waiting.send("GET", "/wait");
			server.awaitWaiting(1);
			closed = CompletableFuture.runAsync(server.server()::close);
			HttpAnswer answer = waiting.receive();
			assertThat(answer.body()).isEqualTo("interrupted");
			assertThat(answer.closesConnection()).isTrue();
			assertThat(waiting.endsHere()).isTrue();
		}
		assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void closeDoesNotWaitForAClientThatDoesNotTakeItsAnswer() {
		TestProbeServer server = TestProbeServer.start();
		try (HttpConnection reluctant = server.connect()) {
			reluctant.send("GET", "/large");
			TestProbeServer.await().until(reluctant::hasAnswer);
			assertThat(CompletableFuture.runAsync(server.server()::close)).succeedsWithin(Duration.ofSeconds(10));
		}
		finally {
			server.close();
		}
	}

	@Test
	void closeUnderLoadBreaksNoAnswerOff() {
		Set<Thread> before = threads();
		TestProbeServer server = TestProbeServer.start();
		int port = server.server().port();
		AtomicBoolean closing = new AtomicBoolean();
		AtomicInteger answered = new AtomicInteger();
		List<CompletableFuture<Void>> clients = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			clients.add(CompletableFuture.runAsync(() -> load(port, answered, closing)));
		}
		TestProbeServer.await().until(() -> answered.get() > 500);
		closing.set(true);
		server.close();
		assertThat(CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)))
			.succeedsWithin(Duration.ofSeconds(20));
		assertNoMoreThan(0, before);
		assertIsFree(port);
	}

	private static void load(int port, AtomicInteger answered, AtomicBoolean closing) {
		boolean open = true;
		while (open) {
			try (HttpConnection connection = HttpConnection.to(port)) {
				for (int i = 0; i < 10; i++) {
					HttpAnswer answer = connection.ask("GET", "/echo?" + i);
					assertThat(answer.body()).isEqualTo("GET|" + i + "|127.0.0.1|");
					answered.incrementAndGet();
				}
			}
			catch (UncheckedIOException ex) {
				assertThat(closing).isTrue();
				assertThat(ex.getMessage()).doesNotContain("HTTP/1.1");
				open = false;
			}
		}
	}

	@Test
	void closeByAThreadThatIsInterruptedClosesAllTheSame() {
		ProbeServer server = server(0);
		int port = server.start();
		Thread.currentThread().interrupt();
		server.close();
		assertThat(Thread.interrupted()).isTrue();
		TestProbeServer.await().untilAsserted(() -> assertIsFree(port));
	}

	@Test
	void fiftyStartsAndStopsLeakNeitherThreadsNorPorts() {
		Set<Thread> before = threads();
		ProbeServer server = server(0);
		for (int i = 0; i < 50; i++) {
			int port = server.start();
			try (HttpConnection connection = HttpConnection.to(port)) {
				assertThat(connection.ask("GET", "/").status()).isEqualTo(200);
				server.close();
			}
			assertNoMoreThan(0, before);
			assertIsFree(port);
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void threadThatAnErrorHasEndedIsReplacedOnTheSamePort(CapturedOutput output) {
		Set<Thread> before = threads();
		AtomicReference<IoEventLoop> loop = new AtomicReference<>();
		AccessRules rules = new AccessRules(List.of(), List.of(), null);
		try (ProbeServer server = new ProbeServer(ProbeServerDefaults.of(InetAddress.getLoopbackAddress(), 0),
				(path) -> (request) -> {
					loop.set((IoEventLoop) ThreadExecutorMap.currentExecutor());
					return HttpResponse.empty(200);
				}, new AccessPolicy(() -> rules, Runnable::run),
				new DrainHeaders(new Lifecycle(TimeSource.system(), Duration.ZERO), () -> false))) {
			int port = server.start();
			for (int i = 0; i < 3; i++) {
				assertThat(status(port)).isEqualTo(200);
				IoEventLoop ended = loop.get();
				FatalHandle.end(ended);
				TestProbeServer.await().ignoreExceptions().until(() -> status(port) == 200 && loop.get() != ended);
				assertThat(ended.isTerminated()).isTrue();
			}
			assertThat(output).contains("another listens on port " + port);
		}
		assertNoMoreThan(0, before);
	}

	@Test
	void portThatAnErrorClosesIsOpenedAgain() {
		Set<Thread> before = threads();
		try (ProbeServer server = server(0)) {
			int port = server.start();
			Channel channel = (Channel) ReflectionTestUtils.getField(ReflectionTestUtils.getField(server, "bound"),
					"channel");
			channel.pipeline().fireExceptionCaught(new IOException("Too many open files"));
			assertThat(status(port)).isEqualTo(200);
			assertThat(channel.isOpen()).isTrue();
			channel.pipeline().fireExceptionCaught(new OutOfMemoryError("of a test"));
			TestProbeServer.await().ignoreExceptions().until(() -> !channel.isOpen() && status(port) == 200);
		}
		assertNoMoreThan(0, before);
	}

}
