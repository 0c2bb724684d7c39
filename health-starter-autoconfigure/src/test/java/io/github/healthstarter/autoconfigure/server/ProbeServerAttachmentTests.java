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

package io.github.healthstarter.autoconfigure.server;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProbeServerAttachment}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProbeServerAttachmentTests {

	@ParameterizedTest
	@CsvSource({ "8081,1", "'',0" })
	void portThatWasNotKnownEarlyEnoughIsWarnedAbout(String port, int warnings, CapturedOutput output) {
		MockEnvironment environment = new MockEnvironment().withProperty("health.server.port", port);
		new ProbeServerAttachment(environment, null, null,
				new DefaultListableBeanFactory().getBeanProvider(SslBundles.class))
			.afterSingletonsInstantiated();
		assertThat(output.toString().lines().filter((line) -> line.contains("There is no probe server")))
			.hasSize(warnings);
	}

}
