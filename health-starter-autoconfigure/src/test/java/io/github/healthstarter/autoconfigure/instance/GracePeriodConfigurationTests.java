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

package io.github.healthstarter.autoconfigure.instance;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class GracePeriodConfigurationTests {

	private final ApplicationContextRunner runner = StarterContext.runner();

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

}
