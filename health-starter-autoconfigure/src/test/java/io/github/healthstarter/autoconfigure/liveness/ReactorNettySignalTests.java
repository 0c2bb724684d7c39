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

package io.github.healthstarter.autoconfigure.liveness;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

import io.github.healthstarter.testing.ReactorNettyConfiguration;
import io.github.healthstarter.testing.StuckApplication;

/**
 * Tests of the event loops of Reactor Netty, of which there is one.
 */
class ReactorNettySignalTests extends AbstractWebServerTests {

	@Override
	ConfigurableApplicationContext start(String... properties) {
		return ReactorNettyConfiguration.application(StuckApplication.class, Backlog.class)
			.registerShutdownHook(false)
			.properties(properties)
			.run();
	}

	@Test
	void eventLoopThatHasEndedFails() throws Exception {
		FileDescriptor[] pipe = FileDescriptor.pipe();
		pipe[1].write(ByteBuffer.allocateDirect(1), 0, 1);
		loop().register(new FatalEpollHandle(pipe[0])).sync().getNow().submit(EpollIoOps.EPOLLIN);
		assertFailure("event loop of Reactor Netty");
	}

	@Test
	void eventLoopsThatTheApplicationEndsDoNotFail() {
		IoEventLoop loop = loop();
		this.context.getBean(ReactorResourceFactory.class).getLoopResources().dispose();
		await().until(loop::isTerminated);
		assertNoFailure();
	}

	private IoEventLoop loop() {
		return (IoEventLoop) this.context.getBean(ReactorResourceFactory.class)
			.getLoopResources()
			.onServer(true)
			.iterator()
			.next();
	}

	@Configuration(proxyBeanMethods = false)
	static class Backlog {

		@Bean
		WebServerFactoryCustomizer<NettyReactiveWebServerFactory> server() {
			NettyServerCustomizer customizer = (server) -> server.option(ChannelOption.SO_BACKLOG, 1);
			return (factory) -> factory.addServerCustomizers(customizer);
		}

	}

	private record FatalEpollHandle(FileDescriptor fd) implements EpollIoHandle {

		@Override
		public void handle(IoRegistration registration, IoEvent event) {
			throw new OutOfMemoryError("for the test");
		}

		@Override
		public void close() throws IOException {
			this.fd.close();
		}

	}

}
