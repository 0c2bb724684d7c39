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

package io.github.healthstarter.web.servlet;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.servlet.view.RedirectView;

import io.github.healthstarter.testing.EnableWithoutDependencies;

/**
 * An application with requests of every kind, each held on the {@link Stage} before it is
 * answered.
 */
@Configuration(proxyBeanMethods = false)
@EnableWithoutDependencies
class DrainApplication {

	@Bean
	Stage stage() {
		return new Stage();
	}

	@Bean
	ServletRegistrationBean<AsyncServlet> asyncServlet(Stage stage) {
		ServletRegistrationBean<AsyncServlet> registration = new ServletRegistrationBean<>(new AsyncServlet(stage),
				"/servlet/*");
		registration.setAsyncSupported(true);
		return registration;
	}

	@RestController
	static final class Requests {

		private final Stage stage;

		Requests(Stage stage) {
			this.stage = stage;
		}

		@GetMapping("/plain")
		String plain() {
			this.stage.hold();
			return "plain";
		}

		@GetMapping("/exception")
		String exception() {
			this.stage.hold();
			throw new IllegalStateException("thrown on purpose");
		}

		@GetMapping("/empty")
		ResponseEntity<Void> empty() {
			this.stage.hold();
			return ResponseEntity.noContent().build();
		}

		@GetMapping("/redirect")
		RedirectView redirect() {
			this.stage.hold();
			return new RedirectView("/elsewhere");
		}

		@GetMapping("/callable")
		Callable<String> callable() {
			return this::plain;
		}

		@GetMapping("/callable-exception")
		Callable<String> callableException() {
			return this::exception;
		}

		@GetMapping("/callable-empty")
		Callable<ResponseEntity<Void>> callableEmpty() {
			return this::empty;
		}

		@GetMapping("/deferred")
		DeferredResult<String> deferred() {
			DeferredResult<String> result = new DeferredResult<>();
			inBackground(() -> result.setResult("deferred"));
			return result;
		}

		@GetMapping("/deferred-exception")
		DeferredResult<String> deferredException() {
			DeferredResult<String> result = new DeferredResult<>();
			inBackground(() -> result.setErrorResult(new IllegalStateException("deferred on purpose")));
			return result;
		}

		@GetMapping("/timeout")
		DeferredResult<String> timeout() {
			this.stage.hold();
			return new DeferredResult<>(10L);
		}

		@GetMapping("/streaming")
		StreamingResponseBody streaming() {
			return (output) -> {
				output.write("before ".getBytes(StandardCharsets.US_ASCII));
				this.stage.hold();
				output.write("after".getBytes(StandardCharsets.US_ASCII));
			};
		}

		@GetMapping("/events")
		SseEmitter events() {
			SseEmitter emitter = new SseEmitter();
			inBackground(() -> {
				try {
					emitter.send("event");
					emitter.complete();
				}
				catch (Exception ex) {
					emitter.completeWithError(ex);
				}
			});
			return emitter;
		}

		private void inBackground(Runnable task) {
			new Thread(() -> {
				this.stage.hold();
				task.run();
			}, "background").start();
		}

	}

}
