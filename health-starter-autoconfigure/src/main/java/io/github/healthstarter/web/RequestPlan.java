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
import java.util.function.Supplier;

/**
 * Plan for the answer to a request: either the answer itself, or an action that returns
 * it and may block.
 */
public sealed interface RequestPlan permits HttpResponse, BlockingPlan {

	/**
	 * Return the plan of a route for a request. Never throws.
	 * @param route the route
	 * @param request the request
	 * @return the plan, the answer 500 if the route throws
	 */
	static RequestPlan of(Route route, HttpRequest request) {
		try {
			return route.plan(request);
		}
		catch (Throwable ex) {
			return HttpResponse.failed(ex);
		}
	}

	/**
	 * Return a plan for an answer that may block.
	 * @param action returns the answer, does not use the request
	 * @return the plan
	 */
	static RequestPlan blocking(Supplier<HttpResponse> action) {
		return new BlockingPlan(0, (body) -> action.get());
	}

	/**
	 * Return a plan for an answer that may block and needs the request's body.
	 * @param bodyLimit how many bytes of the body it needs at most
	 * @param action returns the answer for the body, does not use the request
	 * @return the plan
	 */
	static RequestPlan blocking(int bodyLimit, Function<byte[], HttpResponse> action) {
		return new BlockingPlan(bodyLimit, action);
	}

	/**
	 * Whether {@link #answer} may block, so that it must not be called on a thread that
	 * serves other requests.
	 * @return {@code false} if the answer is known
	 */
	boolean isBlocking();

	/**
	 * Return how many bytes of the request's body the answer needs at most.
	 * @return the number, zero if it needs no body
	 */
	int bodyLimit();

	/**
	 * Return the answer. Never throws; called once.
	 * @param body the body: its first {@link #bodyLimit()} bytes, or more
	 * @return the answer, 500 if it cannot be found
	 */
	HttpResponse answer(byte[] body);

}
