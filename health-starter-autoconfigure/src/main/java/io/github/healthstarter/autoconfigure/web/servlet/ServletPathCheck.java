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

package io.github.healthstarter.autoconfigure.web.servlet;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

import io.github.healthstarter.autoconfigure.web.ControllerPathRefusal;
import io.github.healthstarter.web.Routes;

/**
 * Refuses a servlet on a path of the starter's: it would never be asked, and as the path
 * is mapped already, the container maps it on none of its other paths either.
 */
final class ServletPathCheck implements SmartInitializingSingleton {

	private final Routes routes;

	private final ObjectProvider<ServletRegistrationBean<?>> servlets;

	ServletPathCheck(Routes routes, ObjectProvider<ServletRegistrationBean<?>> servlets) {
		this.routes = routes;
		this.servlets = servlets;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.servlets.stream().filter(ServletRegistrationBean::isEnabled).forEach(this::check);
	}

	private void check(ServletRegistrationBean<?> servlet) {
		for (String mapping : servlet.getUrlMappings()) {
			if (this.routes.find(mapping) != null) {
				throw ControllerPathRefusal.of(mapping, "the servlet '" + servlet.getServletName() + "'");
			}
		}
	}

}
