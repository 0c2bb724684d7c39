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

package io.github.healthstarter.autoconfigure.instance;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationContext;

/**
 * Warns if the starter is set up in a context and in an ancestor of it: each reports its
 * own health, and what they share belongs to one of them.
 */
final class AncestorCheck {

	private static final Log logger = LogFactory.getLog(AncestorCheck.class);

	private AncestorCheck() {
	}

	static void check(ApplicationContext context, String bean) {
		ApplicationContext parent = context.getParent();
		while (parent != null && !parent.containsLocalBean(bean)) {
			parent = parent.getParent();
		}
		if (parent != null) {
			logger.warn("The health starter is set up in the context '" + context.getId() + "' and in its parent '"
					+ parent.getId() + "' as well. Each reports its own health: checks of the parent run twice, and a"
					+ " meter registry or a health indicator that both share is the parent's. Set the starter up in"
					+ " the child alone: remove @EnableAutoConfiguration or @SpringBootApplication from the parent");
		}
	}

}
