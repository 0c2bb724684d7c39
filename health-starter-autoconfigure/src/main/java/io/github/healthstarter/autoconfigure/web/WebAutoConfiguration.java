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

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.ConditionalOnHealthEnabled;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.mode.GateExemption;
import io.github.healthstarter.web.HttpContract;
import io.github.healthstarter.web.ModeGate;
import io.github.healthstarter.web.OpenStreams;

/**
 * Auto-configuration of the HTTP contract of a web application, apart from its server.
 */
@AutoConfiguration
@ConditionalOnHealthEnabled
@ConditionalOnWebApplication
public final class WebAutoConfiguration {

	/**
	 * The name of the bean that is the contract.
	 */
	public static final String CONTRACT = "healthStarterHttpContract";

	// There already if there is a probe server, which serves the same
	@Bean
	@ConditionalOnMissingBean(name = CONTRACT, search = SearchStrategy.CURRENT)
	HttpContract healthStarterHttpContract(HealthInstance instance, HealthProperties properties,
			Environment environment) {
		return ContractFactory.create(instance, properties, environment);
	}

	@Bean
	OpenStreams healthStarterOpenStreams() {
		return new OpenStreams();
	}

	@Bean
	@ConditionalOnBooleanProperty("health.maintenance.gate")
	ModeGate healthStarterModeGate(HealthInstance instance, ObjectProvider<GateExemption> exemptions) {
		return new ModeGate(instance.modes(), exemptions.orderedStream().toList());
	}

}
