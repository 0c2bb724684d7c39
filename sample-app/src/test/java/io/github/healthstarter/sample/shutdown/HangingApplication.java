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

package io.github.healthstarter.sample.shutdown;

import java.util.concurrent.CountDownLatch;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * An application of which nothing ends by itself. No configuration class, because the
 * sample application would find it among its own.
 */
@EnableAutoConfiguration(excludeName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration" })
@Import(HangingApplication.Endpoints.class)
public class HangingApplication {

	public static void main(String[] args) {
		SpringApplication.run(HangingApplication.class, args);
	}

	/**
	 * Requests that never end, and an end that never ends either.
	 */
	@RestController
	static class Endpoints implements DisposableBean {

		private final CountDownLatch never = new CountDownLatch(1);

		@GetMapping("/hang")
		void hang() throws InterruptedException {
			System.out.println("Hanging");
			this.never.await();
		}

		@GetMapping("/stream")
		SseEmitter stream() {
			System.out.println("Streaming");
			return new SseEmitter(0L);
		}

		@Override
		public void destroy() throws InterruptedException {
			this.never.await();
		}

	}

}
