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

package io.github.healthstarter.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.healthstarter.indicator.redis.RedisValidation;
import io.github.healthstarter.indicator.redis.RedisValidation.Kind;

/**
 * How Redis is validated.
 *
 * @param validation What is asked of Redis.
 * @param key Key that is set and expires, for the validation "write".
 */
public record RedisProperties(@DefaultValue("ping") Kind validation, @DefaultValue("health_probe") String key) {

	static final RedisProperties DEFAULT = new RedisProperties(Kind.PING, "health_probe");

	public RedisProperties {
		if (!RedisValidation.isKey(key)) {
			throw new InvalidPropertyException("health.redis.key", key, "is not a key that can be set.",
					"Use printable ASCII without spaces, and a key that nothing else uses: health_probe, orders:health_probe.");
		}
	}

	/**
	 * Return how Redis is validated.
	 * @return the settings
	 */
	public RedisValidation settings() {
		return new RedisValidation(this.validation, this.key);
	}

}
