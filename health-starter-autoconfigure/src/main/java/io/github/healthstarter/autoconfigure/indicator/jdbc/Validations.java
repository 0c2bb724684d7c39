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

package io.github.healthstarter.autoconfigure.indicator.jdbc;

import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.health.ServiceInfo;
import io.github.healthstarter.indicator.jdbc.ProbeTable;
import io.github.healthstarter.indicator.jdbc.Validation;
import io.github.healthstarter.indicator.jdbc.ValidationSettings;

/**
 * Factory of the validations of databases.
 */
final class Validations {

	private static final boolean EMBEDDED = ClassUtils
		.isPresent("org.springframework.boot.jdbc.EmbeddedDatabaseConnection", Validations.class.getClassLoader());

	private final ValidationSettings settings;

	private final Supplier<ServiceInfo> service;

	Validations(ValidationSettings settings, Supplier<ServiceInfo> service) {
		this.settings = settings;
		this.service = service;
	}

	Validation create(Duration timeout) {
		return switch (this.settings.kind()) {
			case PING -> Validation.ping(timeout);
			case QUERY -> Validation.query(Objects.requireNonNull(this.settings.query()), timeout);
			case WRITE ->
				Validation.write(new ProbeTable(this.settings.table(), instance(), this::isTableCreated), timeout);
		};
	}

	private String instance() {
		String instance = this.service.get().instance();
		return (instance != null) ? instance : "unknown";
	}

	private boolean isTableCreated(Connection connection) {
		return switch (this.settings.initialization()) {
			case ALWAYS -> true;
			case EMBEDDED -> EMBEDDED && Embedded.test(connection);
			case NEVER -> false;
		};
	}

	private static final class Embedded {

		private Embedded() {
		}

		static boolean test(Connection connection) {
			return EmbeddedDatabaseConnection.isEmbedded(new SingleConnectionDataSource(connection, true));
		}

	}

}
