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

import java.util.Collection;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.PriorityOrdered;

import io.github.healthstarter.web.servlet.ProbeFilter;
import io.github.healthstarter.web.servlet.ProbeServlet;

/**
 * Registers the probes' filter ahead of all others, and a servlet on its paths, which may
 * be no other servlet's.
 */
final class ProbeFilterRegistration extends FilterRegistrationBean<ProbeFilter> implements PriorityOrdered {

	private static final String SERVLET = "healthStarterProbeServlet";

	private final Collection<String> patterns;

	ProbeFilterRegistration(ProbeFilter filter, Collection<String> patterns) {
		super(filter);
		this.patterns = patterns;
	}

	@Override
	protected FilterRegistration.Dynamic addRegistration(String description, ServletContext servletContext) {
		ServletRegistration.Dynamic servlet = servletContext.addServlet(SERVLET, new ProbeServlet());
		if (servlet != null) {
			servlet.addMapping(this.patterns.toArray(String[]::new));
		}
		return super.addRegistration(description, servletContext);
	}

}
