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

package io.github.healthstarter.web.tomcat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.DrainHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that clients which connect and send without a pause lose nothing when Tomcat's
 * listener is closed.
 */
@Timeout(120)
class ClosingListenerTests {

	private static final int CLOSINGS = 10;

	private static final int CLIENTS = 6;

	private static final int ENOUGH = 10;

	private final ExecutorService clients = Executors.newCachedThreadPool();

	private final AtomicInteger served = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger lostWhereNew = new AtomicInteger();

	private final AtomicInteger lostWhereKept = new AtomicInteger();

	@TempDir
	private Path directory;

	@AfterEach
	void end() {
		this.clients.shutdownNow();
	}

	// Between the last look at the queue and the close the kernel may complete a
	// connection
	// and reset it. Tomcat's own protocol loses about seven at each closing, and some of
	// those that were kept
	@Test
	void requestsAreAnsweredOrTheirConnectionsRefused() throws Exception {
		for (int closing = 0; closing < CLOSINGS; closing++) {
			closeUnderLoad();
		}
		assertThat(this.lostWhereKept).hasValue(0);
		assertThat(this.answered).hasValue(this.served.get());
		assertThat(this.lostWhereNew).hasValueLessThan(CLOSINGS);
	}

	private void closeUnderLoad() throws Exception {
		Lifecycle lifecycle = new Lifecycle(TimeSource.system(), Duration.ZERO);
		DrainHeaders drainHeaders = new DrainHeaders(lifecycle, () -> false);
		DrainingProtocol protocol = new DrainingProtocol();
		protocol.setDrainHeaders(drainHeaders);
		Connector connector = new Connector(protocol);
		connector.setPort(0);
		// As Spring Boot has it; otherwise the listener is not closed by itself
		connector.setProperty("bindOnInit", "false");
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(this.directory.toString());
		tomcat.setConnector(connector);
		Context context = tomcat.addContext("", null);
		Tomcat.addServlet(context, "answers", new Answers(drainHeaders, this.served)).addMapping("/");
		tomcat.start();
		int port = connector.getLocalPort();
		CountDownLatch busy = new CountDownLatch(CLIENTS * ENOUGH);
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (int client = 0; client < CLIENTS; client++) {
			boolean keeps = client % 2 == 0;
			all.add(CompletableFuture.runAsync(() -> send(port, keeps, busy), this.clients));
		}
		assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
		lifecycle.drain();
		connector.pause();
		protocol.closeServerSocketGraceful();
		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
		tomcat.stop();
		tomcat.destroy();
	}

	private void send(int port, boolean keeps, CountDownLatch busy) {
		for (HttpConnection next = connect(port); next != null; next = connect(port)) {
			try (HttpConnection connection = next) {
				send(connection, keeps, busy);
			}
		}
	}

	private static @Nullable HttpConnection connect(int port) {
		try {
			return HttpConnection.to(port);
		}
		catch (UncheckedIOException ex) {
			return null;
		}
	}

	private void send(HttpConnection connection, boolean keeps, CountDownLatch busy) {
		AtomicInteger lost = this.lostWhereNew;
		boolean goesOn = true;
		try {
			while (goesOn) {
				goesOn = !connection.ask("GET", "/").closesConnection() && keeps;
				this.answered.incrementAndGet();
				busy.countDown();
				lost = this.lostWhereKept;
			}
		}
		catch (UncheckedIOException ex) {
			lost.incrementAndGet();
		}
	}

	private static final class Answers extends HttpServlet {

		private static final long serialVersionUID = 1L;

		private final transient DrainHeaders drainHeaders;

		private final transient AtomicInteger served;

		Answers(DrainHeaders drainHeaders, AtomicInteger served) {
			this.drainHeaders = drainHeaders;
			this.served = served;
		}

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) {
			this.served.incrementAndGet();
			this.drainHeaders.headers(request.getProtocol()).forEach(response::setHeader);
		}

	}

}
