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

package io.github.healthstarter.autoconfigure.web.reactive;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

import io.github.healthstarter.autoconfigure.web.PathClash;
import io.github.healthstarter.web.Routes;

/**
 * Refuses controllers of Spring WebFlux on the starter's paths.
 */
public final class ReactivePathCheck {

	private ReactivePathCheck() {
	}

	/**
	 * Check the controllers of a context.
	 * @param beanFactory the beans of the context
	 * @param routes the starter's paths
	 */
	public static void check(BeanFactory beanFactory, Routes routes) {
		beanFactory.getBeanProvider(RequestMappingInfoHandlerMapping.class)
			.forEach((all) -> all.getHandlerMethods()
				.forEach((mapping, method) -> PathClash.check(routes, mapping.getDirectPaths().stream(),
						method::getShortLogMessage)));
	}

}
