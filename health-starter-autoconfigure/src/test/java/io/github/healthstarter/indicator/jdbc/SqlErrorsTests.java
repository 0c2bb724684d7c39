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

import java.sql.SQLException;
import java.sql.SQLTimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqlErrors}, with what each product throws.
 */
class SqlErrorsTests {

	@ParameterizedTest
	@CsvSource({ "53300, 0, true", "66000, 12519, true", "08001, 0, false" })
	void tooManyConnectionsIsReadFromStateOrCode(String state, int code, boolean expected) {
		SQLException ex = new SQLException("driver", state, code);
		assertThat(SqlErrors.isTooManyConnections(ex)).isEqualTo(expected);
		assertThat(SqlErrors.isTooManyConnections(new SQLException("pool", ex))).isEqualTo(expected);
	}

	@Test
	void tooManyConnectionsIsFoundInTheNextException() {
		SQLException ex = new SQLException("first");
		ex.setNextException(new SQLException("next", "53300"));
		assertThat(SqlErrors.isTooManyConnections(ex)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "42P01, 0, true", "42S02, 1146, true", "42S02, 42102, true", "S0002, 208, true", "S0001, 2760, true",
			"42000, 942, true", "42703, 0, false", "25006, 0, false" })
	void missingTableIsReadFromStateOrCode(String state, int code, boolean expected) {
		assertThat(SqlErrors.isMissingTable(new SQLException("driver", state, code))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "42501, 0, true", "42000, 1142, true", "90096, 90096, true", "S0005, 229, true", "42000, 1031, true",
			"HY000, 1290, false", "25006, 0, false" })
	void missingPermissionIsReadFromStateOrCode(String state, int code, boolean expected) {
		assertThat(SqlErrors.isMissingPermission(new SQLException("driver", state, code))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "42703, 0, true", "42S22, 0, true", "S0001, 207, true", "S0001, 213, true", "23000, 515, true",
			"S0001, 2628, true", "S0005, 8152, true", "72000, 12899, true", "25006, 0, false", "53100, 0, false",
			"HY000, 1290, false", ", 0, false" })
	void misfitIsReadFromTheClassOfTheStateOrCode(String state, int code, boolean expected) {
		assertThat(SqlErrors.isMisfit(new SQLException("driver", state, code))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "55P03, 0, true", "HYT00, 50200, true", "40001, 0, true", "40P01, 0, true", "57014, 0, true",
			"HY000, 1205, true", "HY000, 3024, true", "S0051, 1222, true", "61000, 60, true", "72000, 1013, true",
			"25006, 0, false", "53100, 0, false", "HY000, 1290, false", "57P01, 0, false", ", 0, false" })
	void unfinishedIsReadFromStateOrCode(String state, int code, boolean expected) {
		SQLException ex = new SQLException("driver", state, code);
		assertThat(SqlErrors.isUnfinished(ex)).isEqualTo(expected);
		assertThat(SqlErrors.isUnfinished(new SQLException("pool", ex))).isEqualTo(expected);
	}

	@Test
	void unfinishedIsReadFromTheKindOfTheException() {
		assertThat(SqlErrors.isUnfinished(new SQLTimeoutException("driver"))).isTrue();
	}

}
