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

package io.github.healthstarter.sample.benchmark;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A web application that has nothing to do but to run its checks, which cost nothing
 * themselves.
 */
@EnableAutoConfiguration(excludeName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		"org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration" })
public final class RestingApplication {

	private RestingApplication() {
	}

	/**
	 * Starts it.
	 * @param args the number of checks
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(RestingApplication.class);
		application.setInitializers(List.of(checks(Integer.parseInt(args[0]))));
		application.run("--server.port=0", "--management.health.defaults.enabled=false",
				"--health.check-defaults.informational-interval=5s");
	}

	private static ApplicationContextInitializer<GenericApplicationContext> checks(int number) {
		return (context) -> {
			for (int i = 0; i < number; i++) {
				context.registerBean("check" + i, HealthIndicator.class, () -> () -> Health.up().build());
			}
		};
	}

}
