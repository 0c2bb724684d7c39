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

package io.github.healthstarter.autoconfigure.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckDefinition;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckSnapshot;
import io.github.healthstarter.check.CheckSource;
import io.github.healthstarter.lifecycle.PhasedBean;

/**
 * Starts the checks when the application has started or, if no {@code SpringApplication}
 * builds the context, before anything else in it starts; stops them when all else has
 * stopped.
 */
public final class CheckDiscovery extends PhasedBean implements ApplicationListener<ApplicationStartedEvent> {

	private static final Log logger = LogFactory.getLog(CheckDiscovery.class);

	// There where a SpringApplication builds the context. First connections would take
	// the processor from that; runners may already need what is checked
	private static final String APPLICATION_ARGUMENTS = "springApplicationArguments";

	private static final Set<String> REPLACEABLE = Set.of("db", "r2dbc", "redis");

	// Below the path of readiness these tell of the instance
	private static final Set<String> RESERVED = Set.of("read", "write");

	private HealthProperties properties;

	private final ObjectProvider<CheckSource> sources;

	private final CheckCustomizers customizers;

	private final CheckEngine engine;

	private final ConfigurableApplicationContext context;

	private final Map<String, CheckCandidate> candidates = new LinkedHashMap<>();

	private Map<String, CheckDefinition> definitions = Map.of();

	private volatile boolean awaitsStart;

	CheckDiscovery(ConfigurableApplicationContext context, HealthProperties properties,
			ObjectProvider<CheckSource> sources, CheckEngine engine) {
		super(Integer.MIN_VALUE);
		this.properties = properties;
		this.sources = sources;
		this.customizers = new CheckCustomizers(context.getBeanFactory());
		this.engine = engine;
		this.context = context;
		this.awaitsStart = context.getBeanFactory().containsSingleton(APPLICATION_ARGUMENTS);
	}

	@Override
	protected void onStart() {
		if (!this.awaitsStart) {
			startChecks();
		}
	}

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		if (event.getApplicationContext() == this.context && this.awaitsStart) {
			this.awaitsStart = false;
			startChecks();
		}
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	private synchronized void startChecks() {
		this.candidates.clear();
		this.candidates.putAll(candidates());
		this.definitions = Map.of();
		this.engine.start(define(this.properties));
	}

	/**
	 * Run the checks as other properties have it; nothing is looked for anew.
	 * @param properties what is configured from now on
	 */
	public synchronized void reconfigure(HealthProperties properties) {
		if (isRunning() && !this.awaitsStart) {
			this.engine.reconfigure(define(properties));
		}
		this.properties = properties;
	}

	private Collection<CheckDefinition> define(HealthProperties properties) {
		Map<String, String> configured = configuredNames(properties);
		Map<String, CheckDefinition> definitions = new LinkedHashMap<>();
		this.candidates.forEach((name, candidate) -> {
			CheckPolicy defaults = properties.getCheckDefaults().policy(candidate.impact());
			CheckPolicy policy = properties.checkPolicy(configured.get(name), defaults,
					this.customizers.customize(name, defaults));
			if (policy != null) {
				definitions.put(name, define(candidate, policy, this.definitions.get(name)));
			}
		});
		this.definitions = definitions;
		return definitions.values();
	}

	// One whose policy is as it was stays what it is
	private static CheckDefinition define(CheckCandidate candidate, CheckPolicy policy,
			@Nullable CheckDefinition known) {
		if (known != null && known.policy().equals(policy)) {
			return known;
		}
		return new CheckDefinition(candidate.name(), candidate.indicator().apply(policy), policy);
	}

	private Map<String, CheckCandidate> candidates() {
		Map<String, CheckCandidate> candidates = new LinkedHashMap<>();
		this.sources.orderedStream()
			.flatMap((source) -> source.candidates().stream())
			.forEach((candidate) -> add(candidates, candidate));
		return candidates;
	}

	// By one of the well-known names an application replaces the check on purpose; that a
	// data source's bean and an indicator are named alike says nothing
	private static void add(Map<String, CheckCandidate> candidates, CheckCandidate candidate) {
		CheckCandidate earlier = candidates.get(candidate.name());
		if (RESERVED.contains(candidate.name())) {
			logger.info("The check '" + candidate.name() + "' is called '" + candidate.name()
					+ "-indicator': its own name is that of a path that tells of the instance");
			addBeside(candidates, candidate);
		}
		else if (earlier == null) {
			candidates.put(candidate.name(), candidate);
		}
		else if (REPLACEABLE.contains(candidate.name())) {
			logger.info("The application's own indicator takes the place of the check '" + candidate.name() + "'");
			candidates.put(candidate.name(),
					new CheckCandidate(candidate.name(), earlier.impact(), candidate.indicator()));
		}
		else {
			addBeside(candidates, candidate);
		}
	}

	private static void addBeside(Map<String, CheckCandidate> candidates, CheckCandidate candidate) {
		add(candidates, new CheckCandidate(candidate.name() + "-indicator", candidate.impact(), candidate.indicator()));
	}

	private Map<String, String> configuredNames(HealthProperties properties) {
		Map<String, CheckCandidate> candidates = this.candidates;
		Map<String, String> names = new LinkedHashMap<>();
		properties.getChecks().keySet().forEach((configured) -> {
			String name = find(candidates, configured);
			if (name != null) {
				names.put(name, configured);
			}
			else {
				logger.warn("'health.checks." + configured + "' matches no check; there are" + (candidates.isEmpty()
						? " none" : ": " + String.join(", ", new TreeSet<>(candidates.keySet()))));
			}
		});
		return names;
	}

	private static @Nullable String find(Map<String, CheckCandidate> candidates, String configured) {
		String wanted = CheckSnapshot.canonical(configured);
		return candidates.keySet()
			.stream()
			.filter((name) -> CheckSnapshot.canonical(name).equals(wanted))
			.findFirst()
			.orElse(null);
	}

	@Override
	protected void onStop() {
		this.engine.stop();
	}

}
