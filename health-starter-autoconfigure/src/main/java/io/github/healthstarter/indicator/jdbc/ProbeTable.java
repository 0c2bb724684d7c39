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

import java.sql.Connection;
import java.util.function.Predicate;

import org.springframework.util.Assert;

/**
 * Table that gets a row of each instance.
 *
 * @param name the table's name, a plain SQL identifier or one qualified by a schema
 * @param instance the name of this instance, shortened to the column from its beginning,
 * because names of one service differ at their end
 * @param created whether the table is to be created in the database of a connection if it
 * is missing
 */
public record ProbeTable(String name, String instance, Predicate<Connection> created) {

	/**
	 * Length of the column of the instance's name, in characters.
	 */
	static final int INSTANCE_LENGTH = 100;

	public ProbeTable {
		Assert.isTrue(ValidationSettings.isTable(name),
				() -> "'name' is '%s' and must be a plain or schema-qualified SQL identifier".formatted(name));
		instance = instance.substring(Math.max(0, instance.length() - INSTANCE_LENGTH));
	}

}
