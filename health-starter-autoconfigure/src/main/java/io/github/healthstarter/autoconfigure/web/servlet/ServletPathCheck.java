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

import io.github.healthstarter.autoconfigure.web.PathClash;
import io.github.healthstarter.web.Routes;

/**
 * Looks for servlets on the starter's paths. As such a path is mapped already, the
 * container would map them on none of their other paths either.
 *
 * @param routes tells which paths are the starter's
 * @param servlets the application's servlets
 */
record ServletPathCheck(Routes routes,
		ObjectProvider<ServletRegistrationBean<?>> servlets) implements SmartInitializingSingleton {

	@Override
	public void afterSingletonsInstantiated() {
		this.servlets.stream()
			.filter(ServletRegistrationBean::isEnabled)
			.forEach((servlet) -> PathClash.check(this.routes, servlet.getUrlMappings().stream(),
					() -> "the servlet '" + servlet.getServletName() + "'"));
	}

}
