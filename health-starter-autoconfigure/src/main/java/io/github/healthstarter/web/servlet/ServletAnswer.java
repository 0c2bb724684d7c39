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

package io.github.healthstarter.web.servlet;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.github.healthstarter.web.HttpResponse;

/**
 * Writes an answer of the starter.
 */
final class ServletAnswer {

	private ServletAnswer() {
	}

	static void write(HttpResponse answer, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		response.setStatus(answer.status());
		HttpResponse.COMMON_HEADERS.forEach(response::setHeader);
		answer.headers().forEach(response::setHeader);
		if (answer.contentType() != null) {
			response.setContentType(answer.contentType());
		}
		response.setContentLength(answer.body().length);
		if (answer.body().length > 0 && !"HEAD".equals(request.getMethod())) {
			response.getOutputStream().write(answer.body());
		}
	}

}
