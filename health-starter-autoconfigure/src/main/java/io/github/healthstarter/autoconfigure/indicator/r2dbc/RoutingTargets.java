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

package io.github.healthstarter.autoconfigure.indicator.r2dbc;

import java.util.LinkedHashMap;
import java.util.Map;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.r2dbc.connection.lookup.AbstractRoutingConnectionFactory;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.autoconfigure.indicator.Routing;

/**
 * Finds the targets of a connection factory that routes.
 */
final class RoutingTargets {

	private static final boolean ROUTING = ClassUtils.isPresent(
			"org.springframework.r2dbc.connection.lookup.AbstractRoutingConnectionFactory",
			RoutingTargets.class.getClassLoader());

	private RoutingTargets() {
	}

	/**
	 * Find the targets of a connection factory.
	 * @param factory the connection factory
	 * @return the targets, the default one included; {@code null} if it does not route or
	 * its targets cannot be read
	 */
	static @Nullable Routing<ConnectionFactory> of(ConnectionFactory factory) {
		return ROUTING ? Spring.targets(factory) : null;
	}

	private static final class Spring {

		private Spring() {
		}

		static @Nullable Routing<ConnectionFactory> targets(ConnectionFactory factory) {
			if (factory instanceof AbstractRoutingConnectionFactory routing) {
				return targets(routing);
			}
			return (factory instanceof Wrapped<?> wrapper && wrapper.unwrap() instanceof ConnectionFactory wrapped)
					? targets(wrapped) : null;
		}

		// There is no public way to read them
		private static @Nullable Routing<ConnectionFactory> targets(AbstractRoutingConnectionFactory routing) {
			DirectFieldAccessor fields = new DirectFieldAccessor(routing);
			Map<Object, ConnectionFactory> targets = new LinkedHashMap<>();
			if (value(fields, "resolvedConnectionFactories") instanceof Map<?, ?> resolved) {
				resolved.forEach((key, target) -> targets.put(key, (ConnectionFactory) target));
			}
			Object otherwise = value(fields, "resolvedDefaultConnectionFactory");
			return (targets.isEmpty() && otherwise == null) ? null : Routing.of(targets, (ConnectionFactory) otherwise);
		}

		private static @Nullable Object value(DirectFieldAccessor fields, String name) {
			try {
				return fields.getPropertyValue(name);
			}
			catch (BeansException ex) {
				return null;
			}
		}

	}

}
