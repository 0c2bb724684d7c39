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

package io.github.healthstarter.autoconfigure.check;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.check.CheckCustomizer;
import io.github.healthstarter.check.CheckPolicy;

/**
 * Applies the application's {@link CheckCustomizer customizers} to policies.
 */
final class CheckCustomizers {

	private static final Log logger = LogFactory.getLog(CheckCustomizers.class);

	private final ListableBeanFactory beanFactory;

	private final Set<CheckCustomizer> failing = ConcurrentHashMap.newKeySet();

	CheckCustomizers(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the policy of a check.
	 * @param check the name of the check
	 * @param defaults the policy without customizers
	 * @return the policy, {@code null} if the check is not to be run
	 */
	@Nullable CheckPolicy customize(String check, CheckPolicy defaults) {
		CheckPolicy policy = defaults;
		for (CheckCustomizer customizer : this.beanFactory.getBeanProvider(CheckCustomizer.class)
			.orderedStream()
			.toList()) {
			policy = (policy != null) ? customize(customizer, check, policy) : null;
		}
		return policy;
	}

	private @Nullable CheckPolicy customize(CheckCustomizer customizer, String check, CheckPolicy policy) {
		try {
			return customizer.customize(check, policy);
		}
		catch (IllegalArgumentException ex) {
			InvalidPropertyException refusal = new InvalidPropertyException("The check customizer '" + name(customizer)
					+ "' returns an invalid policy for the check '" + check + "': " + ex.getMessage() + ".",
					"Correct the policy that it returns for the check.");
			refusal.initCause(ex);
			throw refusal;
		}
		catch (RuntimeException | Error ex) {
			if (this.failing.add(customizer)) {
				logger.warn("The check customizer '" + name(customizer)
						+ "' failed; going on without it for the check '" + check + "' and others that it fails for",
						ex);
			}
			return policy;
		}
	}

	private String name(CheckCustomizer customizer) {
		return this.beanFactory.getBeansOfType(CheckCustomizer.class)
			.entrySet()
			.stream()
			.filter((bean) -> bean.getValue() == customizer)
			.map(Map.Entry::getKey)
			.findFirst()
			.orElseGet(() -> customizer.getClass().getName());
	}

}
