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

package io.github.healthstarter.actuate;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;

import io.github.healthstarter.drain.DrainWait;

/**
 * Makes {@link DrainEndpoint} understand {@code wait}. Were it a parameter, Actuator
 * would ask every caller for a body of JSON.
 */
public final class DrainArguments implements OperationInvokerAdvisor {

	private static final EndpointId ENDPOINT = EndpointId.of("drain");

	private final DrainEndpoint endpoint;

	/**
	 * Create it.
	 * @param endpoint begins drains
	 */
	public DrainArguments(DrainEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public OperationInvoker apply(EndpointId endpointId, OperationType operationType, OperationParameters parameters,
			OperationInvoker invoker) {
		if (!endpointId.equals(ENDPOINT) || operationType != OperationType.WRITE) {
			return invoker;
		}
		return (context) -> {
			Object wait = context.getArguments().get(DrainWait.PARAMETER);
			return (wait != null) ? begin(wait.toString(), context) : invoker.invoke(context);
		};
	}

	// On the application's own server the call is one of the requests under way
	private @Nullable Object begin(String wait, InvocationContext context) {
		boolean inFlight = Objects.equals(context.resolveArgument(WebServerNamespace.class), WebServerNamespace.SERVER);
		Duration limit = EndpointRequest.read(() -> DrainWait.parse(wait, this.endpoint.maxWait()));
		return this.endpoint.begin(limit, inFlight);
	}

}
