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

package io.github.healthstarter.indicator.jdbc;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Validation of databases.
 *
 * @param kind the kind of the validation
 * @param query the query to run, for {@link Kind#QUERY}
 * @param table the table that gets the rows, for {@link Kind#WRITE}: a plain SQL
 * identifier, or one qualified by a schema
 * @param initialization the databases in which the table is created if it is missing
 */
public record ValidationSettings(Kind kind, @Nullable String query, String table, Initialization initialization) {

	private static final Pattern TABLE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)?");

	public ValidationSettings {
		Assert.isTrue(kind != Kind.QUERY || StringUtils.hasText(query),
				() -> "'query' is '%s' and must be a statement".formatted(query));
		Assert.isTrue(isTable(table),
				() -> "'table' is '%s' and must be a plain or schema-qualified SQL identifier".formatted(table));
	}

	/**
	 * Return whether a name needs no quotes and can be put into a statement as it is.
	 * @param name the name
	 * @return {@code true} for a plain SQL identifier, or one qualified by a schema
	 */
	public static boolean isTable(String name) {
		return TABLE.matcher(name).matches();
	}

	/**
	 * Kinds of validation.
	 */
	public enum Kind {

		/**
		 * The driver validates the connection.
		 */
		PING,

		/**
		 * A query is run.
		 */
		QUERY,

		/**
		 * A row is committed.
		 */
		WRITE

	}

	/**
	 * Databases in which the table is created if it is missing.
	 */
	public enum Initialization {

		/**
		 * In every database.
		 */
		ALWAYS,

		/**
		 * In embedded databases.
		 */
		EMBEDDED,

		/**
		 * Nowhere.
		 */
		NEVER

	}

}
