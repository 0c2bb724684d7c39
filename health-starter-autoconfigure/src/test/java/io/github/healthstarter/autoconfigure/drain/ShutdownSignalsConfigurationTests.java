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

package io.github.healthstarter.autoconfigure.drain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.shutdown.ShutdownSignals;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ShutdownSignalsConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner();

	@Test
	void signalsAreFollowed() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ShutdownSignals.class));
	}

	@Test
	void signalsAreFollowedWithLazyInitialization() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context.getBeanFactory().getSingleton("healthStarterShutdownSignals"))
				.isNotNull());
	}

	@Test
	void signalsAreNotFollowedWhenDisabled() {
		this.runner.withPropertyValues("health.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ShutdownSignals.class));
	}

	@ParameterizedTest
	@CsvSource({ "spring.main.cloud-platform=kubernetes", "health.kubernetes.termination-grace-period=49s" })
	void shutdownThatDoesNotFitIsWarnedAboutOnceWhereThatMatters(String property, CapturedOutput output) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("terminationGracePeriodSeconds: 50");
	}

	@ParameterizedTest
	@CsvSource({ "spring.main.cloud-platform=none", "health.kubernetes.termination-grace-period=50s" })
	void shutdownThatFitsOrIsNotLimitedIsNotWarnedAbout(String property, CapturedOutput output) {
		this.runner.withPropertyValues(property).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("terminationGracePeriodSeconds");
	}

	@Test
	void ownBeanReplacesTheDefault() {
		this.runner.withUserConfiguration(Replacement.class)
			.run((context) -> assertThat(context).getBean(ShutdownSignals.class)
				.isSameAs(context.getBean("ownSignals")));
	}

	@Configuration(proxyBeanMethods = false)
	static class Replacement {

		@Bean
		ShutdownSignals ownSignals(DrainController drain) {
			return new ShutdownSignals(drain);
		}

	}

}
