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

package io.github.healthstarter.autoconfigure.indicator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.Impact;

/**
 * Dependencies of one type in the context, by name.
 *
 * @param <T> the type
 */
public final class Dependencies<T> {

	private final Map<String, T> byName;

	private Dependencies(Map<String, T> byName) {
		this.byName = byName;
	}

	/**
	 * Find the beans of a type, without those that are not candidates for injection.
	 * @param <T> the type
	 * @param type the type
	 * @param beanFactory the bean factory
	 * @return the dependencies, by the names of the beans
	 */
	public static <T> Dependencies<T> find(Class<T> type, ConfigurableListableBeanFactory beanFactory) {
		return new Dependencies<>(
				SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, type, false, true));
	}

	/**
	 * Replace the dependencies that route with their targets, because the target of a
	 * check would depend on its thread. No target is in the result twice; one that is a
	 * bean as well keeps the name of the bean.
	 * @param targets the function that returns the targets of a dependency, {@code null}
	 * if it does not route
	 * @return the dependencies, none of which routes
	 */
	public Dependencies<T> expandRouting(Function<T, @Nullable Map<Object, T>> targets) {
		Map<String, T> found = new LinkedHashMap<>();
		Map<String, Map<Object, T>> routing = new LinkedHashMap<>();
		Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Map.Entry<String, T> entry : this.byName.entrySet()) {
			Map<Object, T> expanded = targets.apply(entry.getValue());
			if (expanded != null) {
				routing.put(entry.getKey(), expanded);
			}
			else if (seen.add(entry.getValue())) {
				found.put(entry.getKey(), entry.getValue());
			}
		}
		for (Map.Entry<String, Map<Object, T>> entry : routing.entrySet()) {
			for (Map.Entry<Object, T> target : entry.getValue().entrySet()) {
				if (seen.add(target.getValue())) {
					found.put(entry.getKey() + "-" + target.getKey(), target.getValue());
				}
			}
		}
		return new Dependencies<>(found);
	}

	/**
	 * Create a required check of each dependency.
	 * @param single the name of the check if there is one dependency
	 * @param indicators the function that creates an indicator with a timeout
	 * @return the checks
	 */
	public List<CheckCandidate> required(String single, BiFunction<T, Duration, HealthIndicator> indicators) {
		List<CheckCandidate> checks = new ArrayList<>();
		for (Map.Entry<String, T> entry : this.byName.entrySet()) {
			T dependency = entry.getValue();
			checks.add(new CheckCandidate((this.byName.size() == 1) ? single : entry.getKey(), Impact.REQUIRED,
					(policy) -> indicators.apply(dependency, policy.timeout())));
		}
		return checks;
	}

}
