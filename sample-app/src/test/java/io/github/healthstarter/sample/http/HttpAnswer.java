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

package io.github.healthstarter.sample.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A complete answer.
 *
 * @param status the status code
 * @param headers the values by the lower-case name of the header
 * @param body the body
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, String body) {

	public boolean closesConnection() {
		return header("Connection").stream().anyMatch("close"::equalsIgnoreCase);
	}

	public List<String> header(String name) {
		return this.headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
	}

}
