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

package io.github.healthstarter.web.reactive;

import org.springframework.util.ClassUtils;

/**
 * The server of the application.
 */
final class CurrentServer {

	/**
	 * The details of the server.
	 */
	static final ServerDetails DETAILS = isPresent("reactor.netty.http.server.HttpServerRequest")
			? new ReactorNettyDetails(others()) : others();

	private CurrentServer() {
	}

	private static ServerDetails others() {
		return isPresent("jakarta.servlet.http.HttpServletRequest") ? new ServletContainerDetails()
				: new ServerDetails() {
				};
	}

	private static boolean isPresent(String type) {
		return ClassUtils.isPresent(type, CurrentServer.class.getClassLoader());
	}

}
