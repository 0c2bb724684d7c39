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

package io.github.healthstarter.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.text.TextLine;

/**
 * Copies the details of an indicator into plain, bounded values: strings, numbers,
 * booleans, lists and maps, each text in one line; one that cannot be read is replaced,
 * and fails nothing. Runs on the check's own thread, because it calls {@code toString()}
 * of foreign objects.
 */
final class DetailsLimit {

	static final int MAX_VALUES = 100;

	static final int MAX_DEPTH = 4;

	static final int MAX_TEXT = 300;

	private int left = MAX_VALUES;

	private DetailsLimit() {
	}

	static Map<String, Object> apply(Map<String, ?> details) {
		return new DetailsLimit().copy(details, MAX_DEPTH);
	}

	static String describe(Throwable thrown) {
		String type = thrown.getClass().getName();
		try {
			String message = thrown.getMessage();
			return line((message != null) ? type + ": " + message : type);
		}
		catch (Throwable ex) {
			return type;
		}
	}

	static String line(Object value) {
		return TextLine.of(String.valueOf(new DetailsLimit().copy(value, MAX_DEPTH)), MAX_TEXT);
	}

	private Map<String, Object> copy(Map<?, ?> source, int depth) {
		Map<String, Object> copy = new LinkedHashMap<>();
		for (Map.Entry<?, ?> entry : source.entrySet()) {
			if (this.left == 0) {
				break;
			}
			copy.put(abbreviate(entry.getKey()), copy(entry.getValue(), depth - 1));
		}
		return copy;
	}

	private List<Object> copy(Collection<?> source, int depth) {
		List<Object> copy = new ArrayList<>();
		for (Object element : source) {
			if (this.left == 0) {
				break;
			}
			copy.add(copy(element, depth - 1));
		}
		return copy;
	}

	private Object copy(@Nullable Object value, int depth) {
		this.left--;
		try {
			return plain(value, depth);
		}
		catch (Throwable ex) {
			return "unreadable: " + ex.getClass().getName();
		}
	}

	private static String abbreviate(@Nullable Object value) {
		return TextLine.of(String.valueOf(value), MAX_TEXT);
	}

	private Object plain(@Nullable Object value, int depth) {
		if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
			return value;
		}
		if (value instanceof Double number && Double.isFinite(number)) {
			return value;
		}
		if (depth > 0 && value instanceof Map<?, ?> map) {
			return copy(map, depth);
		}
		if (depth > 0 && value instanceof Collection<?> collection) {
			return copy(collection, depth);
		}
		return (value instanceof Map || value instanceof Collection) ? "…" : abbreviate(value);
	}

}
