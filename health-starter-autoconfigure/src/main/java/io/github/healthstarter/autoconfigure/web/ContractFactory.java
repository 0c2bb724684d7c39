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

package io.github.healthstarter.autoconfigure.web;

import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.TestEnvironment;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.web.HttpContract;

/**
 * Creates the HTTP contract of an instance from what is configured.
 */
public final class ContractFactory {

	private ContractFactory() {
	}

	/**
	 * Create the contract. In a test a request may name any host.
	 * @param instance the instance
	 * @param properties what is configured under {@code health}
	 * @param environment the environment
	 * @return the contract
	 */
	public static HttpContract create(HealthInstance instance, HealthProperties properties, Environment environment) {
		HttpContract contract = HttpContract.of(instance, properties.probePaths(), properties.getDrain().preStopPath());
		if (TestEnvironment.is(environment)) {
			contract.access().keepLoopbackTrust();
		}
		return contract;
	}

}
