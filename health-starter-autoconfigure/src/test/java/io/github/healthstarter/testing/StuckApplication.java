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

package io.github.healthstarter.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application with requests that are fast and requests that take until they are let
 * go.
 */
@Configuration(proxyBeanMethods = false)
@EnableWithoutDependencies
@Import(StuckApplication.Controller.class)
public class StuckApplication {

	/**
	 * Keeps the thread of each request for {@code /stuck}.
	 */
	@RestController
	public static class Controller {

		private final CountDownLatch released = new CountDownLatch(1);

		private final AtomicInteger busy = new AtomicInteger();

		@GetMapping("/fast")
		String fast() {
			return "fast";
		}

		@GetMapping("/stuck")
		String stuck() throws InterruptedException {
			this.busy.incrementAndGet();
			this.released.await();
			return "released";
		}

		/**
		 * Tells how many requests have got a thread.
		 * @return how many
		 */
		public int busy() {
			return this.busy.get();
		}

		/**
		 * Lets all go, also those that come later.
		 */
		public void release() {
			this.released.countDown();
		}

	}

}
