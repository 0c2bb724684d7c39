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
import java.util.ConcurrentModificationException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.NestedExceptionUtils;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.time.TimeSource;

/**
 * Dependencies of one type in the context, read again whenever candidates are. Safe for
 * any number of threads.
 *
 * @param <T> the type
 */
public final class Dependencies<T> {

	private static final Log logger = LogFactory.getLog(Dependencies.class);

	private final Beans<T> beans;

	private final Function<T, @Nullable Routing<T>> routing;

	private final Map<String, Routing<T>> latestRoutings = new ConcurrentHashMap<>();

	private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

	// Name of the only dependency at the beginning, which is kept if others are added
	private volatile @Nullable String single;

	private volatile boolean named;

	/**
	 * Create the dependencies that are the beans of a type, without those that are not
	 * candidates for injection. Those that route are replaced with their targets, because
	 * the target of a check would depend on its thread. No target is checked twice; one
	 * that is a bean as well is checked as the bean. A bean that cannot be created is a
	 * failed check, and its creation is tried again a minute later.
	 * @param type the type
	 * @param beanFactory the bean factory
	 * @param routing the function that returns the targets of a dependency, {@code null}
	 * if it does not route
	 * @param time the time source
	 */
	public Dependencies(Class<T> type, ConfigurableListableBeanFactory beanFactory,
			Function<T, @Nullable Routing<T>> routing, TimeSource time) {
		this.beans = new Beans<>(type, beanFactory, time);
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
		Map<String, Dependency> dependencies = find(indicators);
		nameOnce(dependencies);
		List<CheckCandidate> candidates = new ArrayList<>();
		dependencies
			.forEach((name, dependency) -> candidates.add(new CheckCandidate(name.equals(this.single) ? single : name,
					dependency.impact(), dependency.checked(), dependency.indicator())));
		return candidates;
	}

	private synchronized void nameOnce(Map<String, Dependency> dependencies) {
		if (!this.named && !dependencies.isEmpty()) {
			this.single = (dependencies.size() == 1) ? dependencies.keySet().iterator().next() : null;
			this.named = true;
		}
	}

	private Map<String, Dependency> find(IndicatorFactory<T> indicators) {
		Map<String, Dependency> found = new LinkedHashMap<>();
		Map<String, Routing<T>> routings = new LinkedHashMap<>();
		Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		this.beans.find((name, cause) -> found.put(name, Dependency.failed(cause))).forEach((name, bean) -> {
			Routing<T> routing = routing(name, bean);
			if (routing != null) {
				routings.put(name, routing);
			}
			else if (seen.add(bean)) {
				found.put(name, Dependency.of(bean, Impact.REQUIRED, indicators));
			}
		});
		routings.forEach((name, targets) -> targets.targets().forEach((key, target) -> {
			if (seen.add(target)) {
				found.put(freeName(name + "-" + key, found.keySet()), Dependency.of(target,
						(target == targets.defaultTarget()) ? Impact.REQUIRED : Impact.DEGRADING, indicators));
			}
		}));
		return found;
	}

	// A bean whose targets have never been read is checked itself
	private @Nullable Routing<T> routing(String name, T bean) {
		try {
			Routing<T> routing = this.routing.apply(bean);
			if (routing != null) {
				this.latestRoutings.put(name, routing);
			}
			this.unreadable.remove(name);
			return routing;
		}
		catch (RuntimeException | Error ex) {
			Routing<T> latest = this.latestRoutings.get(name);
			if (latest != null && !(ex instanceof ConcurrentModificationException) && this.unreadable.add(name)) {
				logger.warn("Failed to read the targets of '" + name + "'; checking those that it had", ex);
			}
			return latest;
		}
	}

	// Keys that differ may have the same text, and a bean may have the name of a target
	private static String freeName(String name, Set<String> taken) {
		String free = name;
		for (int number = 2; taken.contains(free); number++) {
			free = name + "-" + number;
		}
		return free;
	}

	/**
	 * A dependency.
	 *
	 * @param checked the dependency, or the reason for which there is none
	 * @param impact the impact of its failure
	 * @param indicator creates its indicator for a policy
	 */
	private record Dependency(Object checked, Impact impact, Function<CheckPolicy, HealthIndicator> indicator) {

		static <T> Dependency of(T checked, Impact impact, IndicatorFactory<T> indicators) {
			return new Dependency(checked, impact,
					(policy) -> indicators.create(checked, impact == Impact.REQUIRED, policy.timeout()));
		}

		static Dependency failed(Throwable cause) {
			return new Dependency(cause, Impact.REQUIRED,
					(policy) -> () -> Health.down(NestedExceptionUtils.getMostSpecificCause(cause)).build());
		}

	}

}
