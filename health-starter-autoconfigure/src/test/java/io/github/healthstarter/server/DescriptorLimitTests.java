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

package io.github.healthstarter.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DescriptorLimit}.
 */
class DescriptorLimitTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "256, 512, true, 64", "2048, 512, false, 512", "2047, 512, true, 511", "1, 1, false, 1",
			"99999999999, 512, false, 2147483647" })
	void connectionsAreAQuarterOfTheDescriptors(String limit, int connections, boolean exceeded, int share)
			throws IOException {
		DescriptorLimit descriptors = read("Max processes             7823  7823  processes\n"
				+ "Max open files            " + limit + "                 1048576              files     \n");
		assertThat(descriptors.descriptors()).isEqualTo(Long.parseLong(limit));
		assertThat(descriptors.isExceededBy(connections)).isEqualTo(exceeded);
		assertThat(descriptors.share()).isEqualTo(share);
	}

	@Test
	void noConnectionsAreTooManyIfTheLimitIsNotKnown() throws IOException {
		assertThat(DescriptorLimit.read(this.directory.resolve("none")).isExceededBy(Integer.MAX_VALUE)).isFalse();
		assertThat(read("Max open files            unlimited            unlimited            files     \n")
			.isExceededBy(Integer.MAX_VALUE)).isFalse();
		assertThat(read("").isExceededBy(Integer.MAX_VALUE)).isFalse();
	}

	private DescriptorLimit read(String content) throws IOException {
		return DescriptorLimit.read(Files.writeString(this.directory.resolve("limits"), content));
	}

}
