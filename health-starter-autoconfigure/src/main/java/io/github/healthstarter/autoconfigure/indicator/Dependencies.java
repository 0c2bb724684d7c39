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
 * The dependencies of one type in the context, by their names.
 *
 * @param <T> the type
 */
public final class Dependencies<T> {

	private final Map<String, T> byName;

	private Dependencies(Map<String, T> byName) {
		this.byName = byName;
	}

	/**
	 * Find those that are beans, unless they have been superseded as what others get.
	 * @param <T> their type
	 * @param type their type
	 * @param beanFactory has the beans
	 * @return the dependencies, by the names of the beans
	 */
	public static <T> Dependencies<T> find(Class<T> type, ConfigurableListableBeanFactory beanFactory) {
		return new Dependencies<>(
				SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, type, false, true));
	}

	/**
	 * Take those apart that route, because which of its targets one would ask depends on
	 * who asks. None is in the result twice; a target that is a bean as well goes by the
	 * bean's name.
	 * @param targets tells where one leads to, {@code null} where it does not route
	 * @return the dependencies, none of which routes
	 */
	public Dependencies<T> withRoutingTakenApart(Function<T, @Nullable Map<Object, T>> targets) {
		Map<String, T> found = new LinkedHashMap<>();
		Map<String, Map<Object, T>> routing = new LinkedHashMap<>();
		Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Map.Entry<String, T> entry : this.byName.entrySet()) {
			Map<Object, T> leadsTo = targets.apply(entry.getValue());
			if (leadsTo != null) {
				routing.put(entry.getKey(), leadsTo);
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
	 * Make a required check of each.
	 * @param single the name of the check where there is one alone
	 * @param indicators creates what asks one, within the time it is given
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
