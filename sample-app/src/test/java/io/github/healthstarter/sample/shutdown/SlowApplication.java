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

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.github.healthstarter.drain.DrainParticipant;

/**
 * An application with a bean and a runner that take as long as they are told, and work
 * that is finished when it drains. No configuration class, because the sample application
 * would find it among its own.
 */
@EnableAutoConfiguration(excludeName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration" })
public class SlowApplication {

	public static void main(String[] args) {
		SpringApplication.run(SlowApplication.class, args);
	}

	@Bean
	Object modelLoader() throws InterruptedException {
		System.out.println("Loading the model");
		TimeUnit.SECONDS.sleep(Long.getLong("model.seconds", 20));
		return new Object();
	}

	@Bean
	ApplicationRunner importer() {
		return (arguments) -> {
			System.out.println("Importing");
			TimeUnit.SECONDS.sleep(Long.getLong("importer.seconds", 0));
		};
	}

	@Bean
	DrainParticipant consumer() {
		return new Consumer();
	}

	/**
	 * Finishes its work after having been asked for it some times.
	 */
	private static final class Consumer implements DrainParticipant {

		private final AtomicInteger left = new AtomicInteger(5);

		@Override
		public String name() {
			return "consumer";
		}

		@Override
		public void startDraining() {
			System.out.println("The consumer takes no more");
		}

		@Override
		public void cancelDraining() {
			System.out.println("The consumer goes on");
		}

		@Override
		public long inFlight() {
			if (this.left.decrementAndGet() == 0) {
				System.out.println("The consumer is done");
			}
			return Math.max(0, this.left.get());
		}

	}

}
