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

package io.github.healthstarter.web.reactive;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.ReflectionTestUtils;
import reactor.netty.NettyPipeline;

import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.testing.Http2Connection;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.OpenStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link LingeringConnections} and {@link LingerHandler}, with real sockets.
 */
@Timeout(120)
class LingeringConnectionsTests {

	private static final int LINGER = 15_000;

	private static ProbedApplication start(String... properties) {
		return ProbedApplication.onReactorNetty(PatientApplication.class, properties);
	}

	@Test
	void answerThatIsNotOfTheApplicationEndsItsConnectionToo() throws Exception {
		ProbedApplication application = start("server.shutdown=graceful", "spring.webflux.base-path=/shop");
		try (HttpConnection kept = application.connect(); HttpConnection other = application.connect()) {
			assertThat(kept.ask("GET", "/elsewhere").closesConnection()).isFalse();
			application.bean(HealthInstance.class).drain().begin(DrainTrigger.API);
			HttpAnswer draining = other.ask("GET", "/elsewhere");
			assertThat(draining.status()).isEqualTo(404);
			assertThat(draining.closesConnection()).isTrue();
			assertThat(other.endsInOrder()).isTrue();
			CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
			application.awaitListenerClosed();
			assertThat(kept.ask("GET", "/elsewhere").closesConnection()).isTrue();
			assertThat(kept.endsInOrder()).isTrue();
			closed.get(15, TimeUnit.SECONDS);
		}
	}

	@Test
	void requestOnAConnectionThatWasKeptIsAnsweredAfterTheListenerIsClosed() throws Exception {
		ProbedApplication application = start("server.shutdown=graceful");
		try (HttpConnection kept = application.connect(); HttpConnection fresh = application.connect()) {
			assertThat(kept.ask("GET", "/file.txt").closesConnection()).isFalse();
			CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
			application.awaitListenerClosed();
			for (HttpConnection connection : new HttpConnection[] { kept, fresh }) {
				HttpAnswer late = connection.ask("GET", "/missing");
				assertThat(late.status()).isEqualTo(404);
				assertThat(late.closesConnection()).isTrue();
				assertThat(connection.endsInOrder()).isTrue();
			}
			closed.get(15, TimeUnit.SECONDS);
		}
	}

	@Test
	void lateRequestIsWaitedFor() throws Exception {
		ProbedApplication application = start("server.shutdown=graceful");
		ReactiveApplication.Requests controller = application.bean(ReactiveApplication.Requests.class);
		try (HttpConnection kept = application.connect()) {
			kept.ask("GET", "/missing");
			CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
			application.awaitListenerClosed();
			kept.send("GET", "/plain");
			application.await().until(controller::entered, (entered) -> entered == 1);
			assertThat(closed).isNotDone();
			controller.open();
			HttpAnswer answer = kept.receive();
			assertThat(answer.body()).isEqualTo("opened");
			assertThat(answer.closesConnection()).isTrue();
			closed.get(15, TimeUnit.SECONDS);
		}
	}

	@Test
	void requestUnderWayIsAnsweredAndIdleConnectionsAreClosedInOrder() throws Exception {
		ProbedApplication application = ProbedApplication.onReactorNetty(ReactiveApplication.class,
				"server.shutdown=graceful");
		ReactiveApplication.Requests controller = application.bean(ReactiveApplication.Requests.class);
		try (HttpConnection held = application.connect(); HttpConnection idle = application.connect()) {
			idle.ask("GET", "/missing");
			held.send("GET", "/plain");
			application.await().until(controller::entered, (entered) -> entered == 1);
			CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
			application.awaitListenerClosed();
			assertThat(idle.endsInOrder()).isTrue();
			assertThat(closed).isNotDone();
			controller.open();
			assertThat(held.receive().body()).isEqualTo("opened");
			assertThat(held.endsInOrder()).isTrue();
			closed.get(15, TimeUnit.SECONDS);
		}
	}

	@Test
	void immediateShutdownWaitsForNothing() {
		ProbedApplication application = start("server.shutdown=immediate");
		try (HttpConnection idle = application.connect()) {
			idle.ask("GET", "/missing");
			long begun = System.nanoTime();
			application.close();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(LINGER));
			assertThat(idle.endsHere()).isTrue();
		}
	}

	@Test
	void connectionOfHttp2IsServedDuringTheDrainAndToldToGoAwayAtItsEnd() throws Exception {
		ProbedApplication application = start("server.shutdown=graceful", "server.http2.enabled=true");
		try (application; Http2Connection connection = Http2Connection.to(application.port())) {
			assertThat(connection.ask("/missing")).contains(Http2Connection.HEADERS, Http2Connection.DATA);
			application.bean(HealthInstance.class).drain().begin(DrainTrigger.API);
			assertThat(connection.ask("/missing")).doesNotContain(Http2Connection.GOAWAY)
				.contains(Http2Connection.HEADERS, Http2Connection.DATA);
			application.close();
			connection.awaitGoAway();
		}
	}

	@Test
	void eventLoopThatHangsHoldsTheShutdownUpOnceAlone() {
		LingeringConnections lingering = new LingeringConnections(
				new DrainHeaders(new Lifecycle(TimeSource.system(), Duration.ZERO), () -> false), 50);
		DefaultEventLoop loop = new DefaultEventLoop();
		CountDownLatch hanging = new CountDownLatch(1);
		try {
			Future<?> hung = loop.submit(() -> {
				hanging.await();
				return true;
			});
			for (int i = 0; i < 200; i++) {
				Channel channel = mock(Channel.class);
				given(channel.parent()).willReturn(mock(Channel.class));
				given(channel.eventLoop()).willReturn(loop);
				given(channel.pipeline()).willReturn(mock(ChannelPipeline.class));
				lingering.opened(channel);
			}
			long begun = System.nanoTime();
			lingering.stop();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
			assertThat(hung).isNotDone();
		}
		finally {
			hanging.countDown();
			Future<?> unused = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		}
	}

	@Test
	void closeThatALateRequestPutsOffEndsWithTheConnection() {
		Lifecycle lifecycle = new Lifecycle(TimeSource.system(), Duration.ZERO);
		lifecycle.drain();
		LingeringConnections lingering = new LingeringConnections(new DrainHeaders(lifecycle, () -> false), LINGER);
		lingering.start();
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.pipeline()
			.addLast(NettyPipeline.HttpTrafficHandler, new ChannelDuplexHandler())
			.addLast(new LingerHandler(lingering, new OpenStreams()));
		Future<?> putOff = channel.pipeline().close();
		channel.writeInbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
		assertThat(putOff).isNotDone();
		Future<?> closed = channel.pipeline().close();
		assertThat(closed).isDone();
		assertThat(putOff).isDone();
	}

	@Test
	void eventLoopThatHasEndedIsNotWaitedFor() throws InterruptedException {
		DefaultEventLoop loop = new DefaultEventLoop();
		loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
		Channel channel = mock(Channel.class);
		given(channel.parent()).willReturn(mock(Channel.class));
		given(channel.eventLoop()).willReturn(loop);
		LingeringConnections lingering = new LingeringConnections(
				new DrainHeaders(new Lifecycle(TimeSource.system(), Duration.ZERO), () -> false), LINGER);
		lingering.start();
		lingering.opened(channel);
		lingering.await(channel);
		long begun = System.nanoTime();
		lingering.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(LINGER));
		assertThat(lingering.isRunning()).isFalse();
	}

	/**
	 * Lingers for long, so that a slow machine does not matter.
	 */
	@Configuration(proxyBeanMethods = false)
	static class PatientApplication extends ReactiveApplication {

		@Bean
		static BeanPostProcessor patience() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					if (bean instanceof LingeringConnections) {
						ReflectionTestUtils.setField(bean, "lingerMillis", LINGER);
					}
					return bean;
				}

			};
		}

	}

}
