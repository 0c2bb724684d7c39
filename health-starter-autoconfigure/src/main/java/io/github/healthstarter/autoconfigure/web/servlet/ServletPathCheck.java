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

import java.util.stream.Stream;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import io.github.healthstarter.autoconfigure.web.PathClash;
import io.github.healthstarter.autoconfigure.web.ServletPath;
import io.github.healthstarter.web.Routes;

/**
 * Refuses servlets and controllers on the starter's paths. As such a path is mapped
 * already, the container would map a servlet on none of its other paths either.
 */
public final class ServletPathCheck {

	private static final boolean MVC = ClassUtils.isPresent(
			"org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping",
			ServletPathCheck.class.getClassLoader());

	private ServletPathCheck() {
	}

	/**
	 * Check the servlets and controllers of a context.
	 * @param beanFactory the beans of the context
	 * @param environment what the application configures
	 * @param routes the starter's paths
	 */
	public static void check(BeanFactory beanFactory, Environment environment, Routes routes) {
		beanFactory.<ServletRegistrationBean<?>>getBeanProvider(ResolvableType.forClass(ServletRegistrationBean.class))
			.stream()
			.filter(ServletRegistrationBean::isEnabled)
			.forEach((servlet) -> PathClash.check(routes, servlet.getUrlMappings().stream(),
					() -> "the servlet '" + servlet.getServletName() + "'"));
		if (MVC) {
			Controllers.check(beanFactory, ServletPath.of(environment), routes);
		}
	}

	private static final class Controllers {

		private Controllers() {
		}

		static void check(BeanFactory beanFactory, String servletPath, Routes routes) {
			beanFactory.getBeanProvider(RequestMappingInfoHandlerMapping.class)
				.forEach((all) -> all.getHandlerMethods().forEach((mapping, method) -> {
					Stream<String> paths = mapping.getDirectPaths().stream().map(servletPath::concat);
					PathClash.check(routes, paths, method::getShortLogMessage);
				}));
		}

	}

}
