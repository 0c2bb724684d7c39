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
import java.util.function.LongSupplier;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.github.healthstarter.drain.DrainParticipant;

/**
 * An application of which nothing ends by itself. No configuration class, and no class in
 * it that stands for itself, because the sample application would find them among its
 * own.
 */
@EnableAutoConfiguration(excludeName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration" })
public class HangingApplication {

	private final CountDownLatch never = new CountDownLatch(1);

	public static void main(String[] args) {
		SpringApplication.run(HangingApplication.class, args);
	}

	@Bean
	Endpoints endpoints() {
		return new Endpoints();
	}

	@Bean
	DrainParticipant hangsInTheBeginning() {
		return new HangingParticipant("hangs-in-start", this::hang, () -> 0);
	}

	@Bean
	DrainParticipant hangsInCounting() {
		return new HangingParticipant("hangs-in-count", () -> {
		}, () -> {
			hang();
			return 0;
		});
	}

	@Bean
	DrainParticipant neverFinishes() {
		return new HangingParticipant("never-finishes", () -> {
		}, () -> 1);
	}

	private void hang() {
		try {
			this.never.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Requests that never end, and an end that never ends either.
	 */
	@RestController
	class Endpoints implements DisposableBean {

		@GetMapping("/hang")
		void hang() throws InterruptedException {
			System.out.println("Hanging");
			HangingApplication.this.never.await();
		}

		@GetMapping("/stream")
		SseEmitter stream() {
			System.out.println("Streaming");
			return new SseEmitter(0L);
		}

		@Override
		public void destroy() throws InterruptedException {
			HangingApplication.this.never.await();
		}

	}

	/**
	 * A participant that does not drain.
	 */
	private record HangingParticipant(String name, Runnable beginning, LongSupplier count) implements DrainParticipant {

		@Override
		public void startDraining() {
			this.beginning.run();
		}

		@Override
		public void cancelDraining() {
		}

		@Override
		public long inFlight() {
			return this.count.getAsLong();
		}

	}

}
