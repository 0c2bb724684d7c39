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

package io.github.healthstarter.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The query of a probe. Parameters that are not known, or cannot be decoded, are ignored.
 *
 * @param verbose whether the plain format has a line for each check
 * @param fresh whether all checks are to be run now
 * @param excluded the names of checks that are to be left out
 */
record ProbeQuery(boolean verbose, boolean fresh, Set<String> excluded) {

	private static final ProbeQuery NONE = new ProbeQuery(false, false, Set.of());

	static ProbeQuery of(@Nullable String query) {
		if (query == null || query.isEmpty()) {
			return NONE;
		}
		boolean verbose = false;
		boolean fresh = false;
		Set<String> excluded = new LinkedHashSet<>();
		for (String parameter : StringUtils.delimitedListToStringArray(query, "&")) {
			int equals = parameter.indexOf('=');
			String name = decode((equals < 0) ? parameter : parameter.substring(0, equals));
			String value = decode((equals < 0) ? "" : parameter.substring(equals + 1));
			verbose |= "verbose".equals(name) && value != null;
			fresh |= "fresh".equals(name) && value != null;
			if ("exclude".equals(name) && value != null) {
				excluded.add(value);
			}
		}
		return new ProbeQuery(verbose, fresh, excluded);
	}

	static @Nullable String decode(String text) {
		try {
			return StringUtils.uriDecode(text.replace('+', ' '), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Return the query as it holds for untrusted callers.
	 * @return this query without fresh results and exclusions
	 */
	ProbeQuery untrusted() {
		return (this.excluded.isEmpty() && !this.fresh) ? this : new ProbeQuery(this.verbose, false, Set.of());
	}

	Format format(@Nullable String accept) {
		return this.verbose ? Format.PLAIN : Accept.negotiate(accept);
	}

}
