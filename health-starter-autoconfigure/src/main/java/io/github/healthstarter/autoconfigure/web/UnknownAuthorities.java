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

package io.github.healthstarter.autoconfigure.web;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Warns that nobody is trusted for an authority, where there is nobody who could tell
 * what authorities a caller has.
 */
public final class UnknownAuthorities {

	private static final String PROPERTY = "health.access.trusted-authority";

	private static final Log logger = LogFactory.getLog(UnknownAuthorities.class);

	private UnknownAuthorities() {
	}

	/**
	 * Warn, where it is configured that some are trusted for an authority.
	 * @param environment the configuration
	 * @param reason why nobody can tell
	 */
	public static void warn(Environment environment, String reason) {
		if (StringUtils.hasText(environment.getProperty(PROPERTY))) {
			logger.warn("'" + PROPERTY + "' makes nobody trusted: " + reason
					+ ". Set 'health.access.token' or 'health.access.trusted', and remove it");
		}
	}

}
