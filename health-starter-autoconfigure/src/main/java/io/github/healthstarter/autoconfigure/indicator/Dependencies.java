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

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.Impact;

/**
 * Dependencies of one type in the context, read again whenever candidates are. Safe for
 * any number of threads.
 *
 * @param <T> the type
 */
public final class Dependencies<T> {

	private final Class<T> type;

	private final ConfigurableListableBeanFactory beanFactory;

	private final Function<T, @Nullable Routing<T>> routing;

	// That of the only dependency at the beginning: a name is not changed when others
	// come
	private volatile @Nullable String single;

	private volatile boolean named;

	/**
	 * Create the dependencies that are the beans of a type, without those that are not
	 * candidates for injection. Those that route are replaced with their targets, because
	 * the target of a check would depend on its thread. No target is checked twice; one
	 * that is a bean as well is checked as the bean.
	 * @param type the type
	 * @param beanFactory the bean factory
	 * @param routing the function that returns the targets of a dependency, {@code null}
	 * if it does not route
	 */
	public Dependencies(Class<T> type, ConfigurableListableBeanFactory beanFactory,
			Function<T, @Nullable Routing<T>> routing) {
		this.type = type;
		this.beanFactory = beanFactory;
		this.routing = routing;
	}

	/**
	 * Create a candidate for each dependency that is there now: required, but a target
	 * other than the default one is degrading.
	 * @param single the name of the check if there is one dependency
	 * @param indicators the factory of their indicators; the pool of a target that is
	 * degrading is left for the application to open
	 * @return the candidates
	 */
	public List<CheckCandidate> candidates(String single, IndicatorFactory<T> indicators) {
		Map<String, Dependency<T>> dependencies = find();
		nameOnce(dependencies);
		List<CheckCandidate> candidates = new ArrayList<>();
		dependencies.forEach((key, dependency) -> {
			T checked = dependency.checked();
			candidates.add(new CheckCandidate(key.equals(this.single) ? single : key, dependency.impact(), checked,
					(policy) -> indicators.create(checked, dependency.impact() == Impact.REQUIRED, policy.timeout())));
		});
		return candidates;
	}

	private synchronized void nameOnce(Map<String, Dependency<T>> dependencies) {
		if (!this.named && !dependencies.isEmpty()) {
			this.single = (dependencies.size() == 1) ? dependencies.keySet().iterator().next() : null;
			this.named = true;
		}
	}

	private Map<String, Dependency<T>> find() {
		Map<String, Dependency<T>> found = new LinkedHashMap<>();
		Map<String, Routing<T>> routings = new LinkedHashMap<>();
		Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		SimpleAutowireCandidateResolver.resolveAutowireCandidates(this.beanFactory, this.type, false, true)
			.forEach((name, bean) -> {
				Routing<T> routing = this.routing.apply(bean);
				if (routing != null) {
					routings.put(name, routing);
				}
				else if (seen.add(bean)) {
					found.put(name, new Dependency<>(bean, Impact.REQUIRED));
				}
			});
		routings.forEach((name, targets) -> targets.targets().forEach((key, target) -> {
			if (seen.add(target)) {
				found.put(name + "-" + key, new Dependency<>(target,
						(target == targets.defaultTarget()) ? Impact.REQUIRED : Impact.DEGRADING));
			}
		}));
		return found;
	}

	/**
	 * A dependency.
	 *
	 * @param <T> its type
	 * @param checked the dependency
	 * @param impact the impact of its failure
	 */
	private record Dependency<T>(T checked, Impact impact) {

	}

}
