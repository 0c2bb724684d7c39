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

import java.time.Duration;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.check.CheckEngine;
import io.github.healthstarter.check.CheckOutcome;
import io.github.healthstarter.check.CheckRun;
import io.github.healthstarter.check.CheckSource;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.check.RepeatedTask;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.PhasedBean;

/**
 * Starts the checks when the application has started or, if no {@code SpringApplication}
 * builds the context, before anything else in it starts; stops them when all else has
 * stopped. In between it follows what comes and goes.
 */
public final class CheckDiscovery extends PhasedBean implements ApplicationListener<ApplicationStartedEvent> {

	private static final Log logger = LogFactory.getLog(CheckDiscovery.class);

	// There where a SpringApplication builds the context. First connections would take
	// the processor from that; runners may already need what is checked
	private static final String APPLICATION_ARGUMENTS = "springApplicationArguments";

	private final CheckFinder finder;

	private final CheckDefinitions definitions;

	private final CheckEngine engine;

	private final ConfigurableApplicationContext context;

	private final RepeatedTask comparison;

	private final MissingChecks missing;

	private HealthProperties properties;

	private Map<String, FoundCheck> found = Map.of();

	private volatile boolean awaitsStart;

	private volatile boolean started;

	CheckDiscovery(ConfigurableApplicationContext context, HealthProperties properties,
			ObjectProvider<CheckSource> sources, HealthInstance instance) {
		super(Integer.MIN_VALUE);
		this.properties = properties;
		this.engine = instance.checks();
		this.context = context;
		this.awaitsStart = context.getBeanFactory().containsSingleton(APPLICATION_ARGUMENTS);
		this.missing = new MissingChecks(instance.time());
		this.finder = new CheckFinder(sources, () -> !context.isActive());
		this.comparison = this.engine.repeat("discovery", this::compare,
				() -> instance.notifications()
					.logs()
					.execute(() -> logger.warn("Looking for what to check has not ended; "
							+ "until it does, checks do not follow what comes and goes")));
		this.definitions = new CheckDefinitions(new CheckCustomizers(context.getBeanFactory()),
				new IndicatorSwitches(context.getEnvironment()), this.engine,
				() -> this.comparison.runAfter(Duration.ZERO));
		this.engine.addListener((before, after) -> onResult(after.lastRun()));
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

	private void startChecks() {
		Map<String, FoundCheck> found = this.finder.find();
		synchronized (this) {
			this.found = found;
			this.missing.clear();
			this.definitions.clear();
			this.definitions.defineAll(found, this.properties);
			this.started = true;
			this.engine.start(this.definitions.all());
		}
		this.comparison.start(interval());
	}

	/**
	 * Run the checks as other properties have it; nothing is looked for again.
	 * @param properties what is configured from now on
	 */
	public synchronized void reconfigure(HealthProperties properties) {
		if (isRunning() && !this.awaitsStart) {
			this.definitions.defineAll(this.found, properties);
			this.engine.reconfigure(this.definitions.all());
		}
		this.properties = properties;
		if (this.started) {
			this.comparison.start(interval());
		}
	}

	private Duration interval() {
		return this.properties.getCheckDefaults().policy(Impact.REQUIRED).interval();
	}

	private void compare() {
		Map<String, FoundCheck> now = this.finder.find();
		synchronized (this) {
			if (!this.started || !this.context.isActive()) {
				return;
			}
			Duration untilNextLook = this.missing.keep(this.found, now);
			if (untilNextLook != null) {
				this.comparison.runAfter(untilNextLook);
			}
			if (isSame(now)) {
				return;
			}
			this.found = now;
			this.definitions.follow(now, this.properties);
			this.engine.reconfigure(this.definitions.all());
		}
	}

	private boolean isSame(Map<String, FoundCheck> now) {
		return now.size() == this.found.size()
				&& now.values().stream().allMatch((check) -> check.isSame(this.found.get(check.name())));
	}

	// What did not answer may have gone
	private void onResult(@Nullable CheckRun run) {
		if (run != null && (run.outcome() == CheckOutcome.TIMEOUT || run.outcome() == CheckOutcome.STUCK)) {
			this.comparison.runAfter(Duration.ZERO);
		}
	}

	// Not under the lock: a customizer may block
	@Override
	protected void onStop() {
		this.started = false;
		this.comparison.stop();
		this.engine.stop();
	}

}
