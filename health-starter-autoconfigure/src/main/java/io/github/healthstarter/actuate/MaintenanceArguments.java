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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;

import io.github.healthstarter.mode.ModeRequest;

/**
 * Makes {@link MaintenanceEndpoint} understand the names that the admin path has, and
 * refuse those that it has not, which Actuator would drop.
 */
public final class MaintenanceArguments implements OperationInvokerAdvisor {

	private static final EndpointId ENDPOINT = EndpointId.of("maintenance");

	// What Java lets the parameter be called
	private static final String DURATION = "duration";

	@Override
	public OperationInvoker apply(EndpointId endpointId, OperationType operationType, OperationParameters parameters,
			OperationInvoker invoker) {
		if (!endpointId.equals(ENDPOINT) || operationType != OperationType.WRITE) {
			return invoker;
		}
		return (context) -> invoker.invoke(EndpointRequest.read(() -> translated(context)));
	}

	private static InvocationContext translated(InvocationContext context) {
		SecurityContext caller = context.resolveArgument(SecurityContext.class);
		return new InvocationContext(Objects.requireNonNullElse(caller, SecurityContext.NONE),
				translated(context.getArguments()));
	}

	private static Map<String, Object> translated(Map<String, Object> arguments) {
		Map<String, Object> translated = new LinkedHashMap<>(arguments);
		Object duration = translated.remove(DURATION);
		ModeRequest.requireKnown(translated.keySet());
		Object span = translated.remove("for");
		if (span != null && duration != null) {
			throw new IllegalArgumentException("'for' and 'duration' exclude each other");
		}
		Object given = (span != null) ? span : duration;
		if (given != null) {
			translated.put(DURATION, given);
		}
		return translated;
	}

}
