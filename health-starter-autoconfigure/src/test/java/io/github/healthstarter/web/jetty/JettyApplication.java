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

package io.github.healthstarter.web.jetty;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.healthstarter.testing.EnableWithoutDependencies;

/**
 * An application on Jetty with one request that is fast and one that takes its time.
 */
@Configuration(proxyBeanMethods = false)
@EnableWithoutDependencies
@Import(JettyApplication.Requests.class)
class JettyApplication {

	@RestController
	static class Requests {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		@GetMapping("/fast")
		String fast() {
			return "fast";
		}

		@GetMapping("/held")
		String held() throws InterruptedException {
			this.entered.countDown();
			return this.released.await(15, TimeUnit.SECONDS) ? "held" : "forgotten";
		}

		void awaitEntered() throws InterruptedException {
			this.entered.await(15, TimeUnit.SECONDS);
		}

		void release() {
			this.released.countDown();
		}

	}

}
