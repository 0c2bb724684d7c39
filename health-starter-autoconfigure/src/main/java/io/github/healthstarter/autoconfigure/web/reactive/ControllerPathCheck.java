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

import java.util.Map;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

import io.github.healthstarter.autoconfigure.web.ControllerPathRefusal;
import io.github.healthstarter.web.Routes;

/**
 * Refuses a controller on a path of the starter's: it would never be asked.
 */
final class ControllerPathCheck implements SmartInitializingSingleton {

	private final Routes routes;

	private final ObjectProvider<RequestMappingInfoHandlerMapping> mappings;

	ControllerPathCheck(Routes routes, ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
		this.routes = routes;
		this.mappings = mappings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.mappings.stream().map(RequestMappingInfoHandlerMapping::getHandlerMethods).forEach(this::check);
	}

	private void check(Map<RequestMappingInfo, HandlerMethod> methods) {
		methods.forEach((mapping, method) -> mapping.getDirectPaths()
			.stream()
			.filter((path) -> this.routes.find(path) != null)
			.forEach((path) -> {
				throw ControllerPathRefusal.of(path, method.getShortLogMessage());
			}));
	}

}
