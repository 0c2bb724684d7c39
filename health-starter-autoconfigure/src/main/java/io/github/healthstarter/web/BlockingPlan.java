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

package io.github.healthstarter.web;

import java.util.function.Function;

/**
 * Plan for an answer that may block.
 *
 * @param bodyLimit how many bytes of the request's body it needs at most
 * @param action returns the answer
 */
record BlockingPlan(int bodyLimit, Function<byte[], HttpResponse> action) implements RequestPlan {

	@Override
	public boolean isBlocking() {
		return true;
	}

	@Override
	public HttpResponse answer(byte[] body) {
		try {
			return this.action.apply(body);
		}
		catch (Throwable ex) {
			return HttpResponse.failed(ex);
		}
	}

}
