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

package io.github.healthstarter.autoconfigure.drain;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.ShutdownBudget;

/**
 * Warns where the process would be killed before its shutdown is over.
 */
public final class GracePeriodCheck {

	private static final Log logger = LogFactory.getLog(GracePeriodCheck.class);

	private GracePeriodCheck() {
	}

	/**
	 * Warn where there is a reason to.
	 * @param budget how the time to end is shared
	 * @param environment tells where the application runs
	 */
	public static void check(ShutdownBudget budget, Environment environment) {
		boolean matters = budget.isHeld() || CloudPlatform.KUBERNETES.isActive(environment);
		if (matters && !budget.fits()) {
			logger.warn(budget.warning());
		}
	}

}
