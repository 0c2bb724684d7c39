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

package io.github.healthstarter.web.security;

import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A response that takes whatever is written to it and sends nothing.
 */
final class DiscardedResponse {

	private DiscardedResponse() {
	}

	static HttpServletResponse create() {
		return (HttpServletResponse) Proxy.newProxyInstance(DiscardedResponse.class.getClassLoader(),
				new Class<?>[] { HttpServletResponse.class }, (response, method, arguments) -> call(method, arguments));
	}

	private static @Nullable Object call(Method method, Object @Nullable [] arguments) {
		Class<?> type = method.getReturnType();
		if (type == ServletOutputStream.class) {
			return new Sink();
		}
		if (type == PrintWriter.class) {
			return new PrintWriter(Writer.nullWriter());
		}
		if (type == boolean.class) {
			return false;
		}
		if (type == int.class) {
			return HttpServletResponse.SC_OK;
		}
		if (type == Collection.class) {
			return List.of();
		}
		return (arguments != null && method.getName().startsWith("encode")) ? arguments[0] : null;
	}

	/**
	 * Where bytes go.
	 */
	private static final class Sink extends ServletOutputStream {

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setWriteListener(WriteListener listener) {
		}

		@Override
		public void write(int value) {
		}

	}

}
