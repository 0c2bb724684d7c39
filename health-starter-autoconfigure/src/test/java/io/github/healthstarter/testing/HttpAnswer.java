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

package io.github.healthstarter.testing;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParserFactory;

/**
 * What a server answered, as it stood on the wire.
 *
 * @param status the status code
 * @param headers the values of each header, by its name in lower case
 * @param body the body, empty where there is none
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, String body) {

	/**
	 * Returns the only value of a header.
	 * @param name the name in lower case
	 * @return the value, {@code null} where there is no such header
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.getOrDefault(name, List.of());
		if (values.size() > 1) {
			throw new IllegalStateException("'%s' is there %d times".formatted(name, values.size()));
		}
		return values.isEmpty() ? null : values.get(0);
	}

	/**
	 * Whether the server says that it closes the connection.
	 * @return {@code true} where {@code Connection} is {@code close}
	 */
	public boolean closesConnection() {
		return "close".equals(header("connection"));
	}

	/**
	 * Reads the body as a JSON object.
	 * @return its members
	 */
	public Map<String, Object> json() {
		return JsonParserFactory.getJsonParser().parseMap(this.body);
	}

	/**
	 * Reads a member of the body, a JSON object, that is itself one.
	 * @param names the names that lead there
	 * @return its members
	 */
	@SuppressWarnings("unchecked")
	public Map<String, Object> json(String... names) {
		Map<String, Object> object = json();
		for (String name : names) {
			object = (Map<String, Object>) Objects.requireNonNull(object.get(name), name);
		}
		return object;
	}

}
