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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

import io.github.healthstarter.indicator.jdbc.ValidationSettings;
import io.github.healthstarter.indicator.jdbc.ValidationSettings.Initialization;
import io.github.healthstarter.indicator.jdbc.ValidationSettings.Kind;

/**
 * How databases are validated.
 *
 * @param validation What is asked of a database.
 * @param query Query to run, for the validation "query".
 * @param table Table that gets a row of each instance, for the validation "write".
 * @param initializeSchema Where the table is created if it is missing.
 */
public record JdbcProperties(@DefaultValue("ping") Kind validation, @Nullable String query,
		@DefaultValue("health_probe") String table, @DefaultValue("never") Initialization initializeSchema) {

	static final JdbcProperties DEFAULT = new JdbcProperties(Kind.PING, null, "health_probe", Initialization.NEVER);

	public JdbcProperties {
		if (validation == Kind.QUERY && !StringUtils.hasText(query)) {
			throw new InvalidPropertyException("health.jdbc.validation", "query",
					"asks for a query, and 'health.jdbc.query' has none.",
					"Set 'health.jdbc.query' to a query such as select 1, or 'health.jdbc.validation' to ping.");
		}
		if (!ValidationSettings.isTable(table)) {
			throw new InvalidPropertyException("health.jdbc.table", table, "is not the name of a table.",
					"Use letters, digits and underscores, if need be after the name of a schema and a dot: health_probe, ops.health_probe.");
		}
	}

	/**
	 * Return the settings.
	 * @return the settings
	 */
	public ValidationSettings settings() {
		return new ValidationSettings(this.validation, this.query, this.table, this.initializeSchema);
	}

}
