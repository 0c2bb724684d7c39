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

import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.PriorityOrdered;

/**
 * Registers a filter ahead of all others, also of those with the highest precedence, such
 * as the one that hides what a proxy has said of the client.
 *
 * @param <T> the type of the filter
 */
final class FirstFilterRegistration<T extends Filter> extends FilterRegistrationBean<T> implements PriorityOrdered {

	FirstFilterRegistration(T filter) {
		super(filter);
	}

}
