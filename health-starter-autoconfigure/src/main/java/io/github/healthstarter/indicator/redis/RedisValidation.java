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

package io.github.healthstarter.indicator.redis;

import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * Validation of Redis.
 *
 * @param kind the kind of the validation
 * @param key the key that is set, for {@link Kind#WRITE}
 */
public record RedisValidation(Kind kind, String key) {

	private static final Pattern KEY = Pattern.compile("[!-~]+");

	public RedisValidation {
		Assert.isTrue(isKey(key), () -> "'key' is '%s' and must be printable ASCII without spaces".formatted(key));
	}

	/**
	 * Return whether a text can be the key.
	 * @param text the text
	 * @return {@code true} for printable ASCII without spaces
	 */
	public static boolean isKey(String text) {
		return KEY.matcher(text).matches();
	}

	/**
	 * Kinds of validation.
	 */
	public enum Kind {

		/**
		 * A server is pinged, a cluster is queried for its state.
		 */
		PING,

		/**
		 * A key is set, in a cluster once its state is ok.
		 */
		WRITE

	}

}
