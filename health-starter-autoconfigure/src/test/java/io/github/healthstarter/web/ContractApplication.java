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

package io.github.healthstarter.web;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.SwitchableIndicator;

/**
 * The application that the HTTP contract is tested with, on whatever server: one check of
 * each impact, and one whose name has to be encoded in a path.
 */
@Configuration(proxyBeanMethods = false)
@EnableWithoutDependencies
class ContractApplication {

	static final String TOKEN = "contract-token";

	static final String[] PROPERTIES = { "spring.application.name=contract", "health.access.token=" + TOKEN,
			"health.checks.required.impact=required", "health.checks.degrading.impact=degrading",
			"health.liveness.additional-paths=/livez,/health/live", "health.readiness.additional-paths=/ready",
			"health.startup.additional-paths=/started" };

	@Bean
	SwitchableIndicator requiredHealthIndicator(Environment environment) {
		SwitchableIndicator indicator = new SwitchableIndicator();
		if (environment.containsProperty("contract.blocked")) {
			indicator.block();
		}
		return indicator;
	}

	@Bean
	SwitchableIndicator degradingHealthIndicator() {
		return new SwitchableIndicator();
	}

	@Bean
	SwitchableIndicator informationalHealthIndicator() {
		return new SwitchableIndicator();
	}

	@Bean("näher am/RandHealthIndicator")
	SwitchableIndicator oddlyNamedHealthIndicator() {
		return new SwitchableIndicator();
	}

	@Bean
	ApplicationRunner failingRunner(Environment environment) {
		return (arguments) -> {
			if (environment.containsProperty("contract.failing")) {
				throw new IllegalStateException("no connection to secret.internal:5432");
			}
		};
	}

}
