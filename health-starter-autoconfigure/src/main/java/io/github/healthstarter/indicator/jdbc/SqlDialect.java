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

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Statements on the table of rows, by product.
 */
enum SqlDialect {

	/**
	 * PostgreSQL.
	 */
	POSTGRESQL("PostgreSQL", "varchar(100)", "timestamp with time zone",
			"insert into %s (instance_name, checked_at) values (?, current_timestamp)"
					+ " on conflict (instance_name) do update set checked_at = excluded.checked_at",
			"current_timestamp - interval '1' day"),

	/**
	 * MySQL and MariaDB. Fractions of a second make a new value of each write: a row that
	 * stays as it was is not written.
	 */
	MYSQL("MySQL, MariaDB", "varchar(100)", "timestamp(6)",
			"insert into %s (instance_name, checked_at) values (?, current_timestamp(6))"
					+ " on duplicate key update checked_at = current_timestamp(6)",
			"current_timestamp - interval '1' day"),

	/**
	 * H2, in every mode.
	 */
	H2("H2", "varchar(100)", "timestamp with time zone",
			"merge into %s (instance_name, checked_at) key (instance_name) values (?, current_timestamp)",
			"dateadd(day, -1, current_timestamp)"),

	/**
	 * Microsoft SQL Server. Without the hint, two merges of one row can collide.
	 */
	SQL_SERVER("Microsoft SQL Server", "nvarchar(100)", "datetime2",
			"merge into %s with (holdlock) as target using (select cast(? as nvarchar(100)) as instance_name) as source"
					+ " on target.instance_name = source.instance_name"
					+ " when matched then update set checked_at = current_timestamp"
					+ " when not matched then insert (instance_name, checked_at)"
					+ " values (source.instance_name, current_timestamp);",
			"dateadd(day, -1, current_timestamp)"),

	/**
	 * Oracle Database.
	 */
	ORACLE("Oracle", "varchar2(100 char)", "timestamp with time zone",
			"merge into %s target using (select cast(? as varchar2(100 char)) as instance_name from dual) source"
					+ " on (target.instance_name = source.instance_name)"
					+ " when matched then update set checked_at = systimestamp"
					+ " when not matched then insert (instance_name, checked_at)"
					+ " values (source.instance_name, systimestamp)",
			"systimestamp - interval '1' day");

	private static final String SEPARATOR = ", ";

	private final String products;

	private final String instanceType;

	private final String timeType;

	private final String upsert;

	private final String yesterday;

	SqlDialect(String products, String instanceType, String timeType, String upsert, String yesterday) {
		this.products = products;
		this.instanceType = instanceType;
		this.timeType = timeType;
		this.upsert = upsert;
		this.yesterday = yesterday;
	}

	static @Nullable SqlDialect of(@Nullable String product) {
		return Arrays.stream(values())
			.filter((dialect) -> List.of(dialect.products.split(SEPARATOR)).contains(String.valueOf(product)))
			.findFirst()
			.orElse(null);
	}

	static String supported() {
		return Arrays.stream(values()).map((dialect) -> dialect.products).collect(Collectors.joining(SEPARATOR));
	}

	String create(String table) {
		return "create table %s (instance_name %s not null primary key, checked_at %s not null)"
			.formatted(identifier(table), this.instanceType, this.timeType);
	}

	String upsert(String table) {
		return this.upsert.formatted(identifier(table));
	}

	String purge(String table) {
		return "delete from %s where checked_at < %s".formatted(identifier(table), this.yesterday);
	}

	// Oracle takes a name that begins with an underscore in quotes only, which keep the
	// case
	private String identifier(String table) {
		return (this != ORACLE) ? table
				: Arrays.stream(table.split("\\."))
					.map((name) -> name.startsWith("_") ? '"' + name.toUpperCase(Locale.ROOT) + '"' : name)
					.collect(Collectors.joining("."));
	}

	String read() {
		return (this == ORACLE) ? "select 1 from dual" : "select 1";
	}

}
