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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.github.healthstarter.testing.EnableWithoutDependencies;

/**
 * A reactive application with requests of every kind, each of which waits until the test
 * lets all of them go on.
 */
@Configuration(proxyBeanMethods = false)
@EnableWithoutDependencies
@Import(ReactiveApplication.Requests.class)
class ReactiveApplication {

	@Bean
	HandlerMapping sockets() {
		WebSocketHandler handler = (session) -> session
			.send(Mono.just(session.textMessage("hello")).concatWith(Mono.never()))
			.and(session.receive().then());
		return new SimpleUrlHandlerMapping(Map.of("/socket", handler), -1);
	}

	@RestController
	static final class Requests {

		static final int LARGE = 32 * 1024 * 1024;

		private final AtomicInteger entered = new AtomicInteger();

		private final AtomicInteger cancelled = new AtomicInteger();

		private volatile Sinks.One<String> gate = Sinks.one();

		void open() {
			this.gate.tryEmitValue("opened");
		}

		void reset() {
			open();
			this.gate = Sinks.one();
			this.entered.set(0);
			this.cancelled.set(0);
		}

		int entered() {
			return this.entered.get();
		}

		int cancelled() {
			return this.cancelled.get();
		}

		private Mono<String> held() {
			return Mono.defer(() -> {
				this.entered.incrementAndGet();
				return this.gate.asMono();
			}).doOnCancel(this.cancelled::incrementAndGet);
		}

		@GetMapping("/plain")
		Mono<String> plain() {
			return held();
		}

		@GetMapping("/exception")
		Mono<String> exception() {
			return held().map((opened) -> {
				throw new IllegalStateException("thrown on purpose");
			});
		}

		@GetMapping("/thrown")
		Mono<String> thrown() {
			throw new IllegalStateException("thrown on purpose");
		}

		@GetMapping("/empty")
		Mono<ResponseEntity<Void>> empty() {
			return held().map((opened) -> ResponseEntity.noContent().build());
		}

		@GetMapping("/redirect")
		Mono<ResponseEntity<Void>> redirect() {
			return held()
				.map((opened) -> ResponseEntity.status(HttpStatus.FOUND).header("Location", "/elsewhere").build());
		}

		@GetMapping("/timeout")
		Mono<String> timeout() {
			return held().flatMap((opened) -> Mono.<String>never().timeout(Duration.ofMillis(10)));
		}

		@GetMapping(path = "/streaming", produces = "application/octet-stream")
		Flux<DataBuffer> streaming() {
			return Flux.just("before ").concatWith(held()).map(ReactiveApplication.Requests::buffer);
		}

		@GetMapping(path = "/large", produces = "application/octet-stream")
		Mono<DataBuffer> large() {
			return Mono.fromSupplier(() -> DefaultDataBufferFactory.sharedInstance.wrap(new byte[LARGE]));
		}

		@GetMapping("/events")
		Flux<ServerSentEvent<String>> events() {
			return Flux.just("hello")
				.concatWith(held())
				.concatWith(Mono.never())
				.map((text) -> ServerSentEvent.builder(text).build())
				.doOnCancel(this.cancelled::incrementAndGet);
		}

		private static DataBuffer buffer(String text) {
			return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.US_ASCII));
		}

	}

}
