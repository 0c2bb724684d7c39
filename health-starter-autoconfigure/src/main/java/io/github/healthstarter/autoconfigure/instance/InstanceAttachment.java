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

package io.github.healthstarter.autoconfigure.instance;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.ShutdownBudget;
import io.github.healthstarter.autoconfigure.reload.ReloadOnSignal;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.PhasedBean;
import io.github.healthstarter.liveness.LivenessSignal;
import io.github.healthstarter.mode.Mode;
import io.github.healthstarter.mode.ModeRequest;
import io.github.healthstarter.shutdown.DrainBeforeClose;
import io.github.healthstarter.shutdown.ShutdownDeadline;
import io.github.healthstarter.shutdown.ShutdownReport;
import io.github.healthstarter.shutdown.ShutdownSignals;
import io.github.healthstarter.startup.StartupPhase;

/**
 * Attaches an application context to its instance: events and the end of the context at
 * once, liveness signals, drain participants and signals of the JVM when every bean has
 * been created. Starts last and stops first, and so notes when the context is stopped and
 * started again; a pause by Spring's test framework leaves it out.
 */
final class InstanceAttachment extends PhasedBean implements SmartInitializingSingleton, AutoCloseable {

	/**
	 * The name of the bean that is the attachment.
	 */
	static final String BEAN_NAME = "healthStarterAttachment";

	// Present if a SpringApplication builds the context; that reports when it is ready
	private static final String APPLICATION_ARGUMENTS = "springApplicationArguments";

	private final ConfigurableApplicationContext context;

	private final HealthInstance instance;

	private final HealthProperties properties;

	private final ShutdownBudget budget;

	private final ShutdownSignals signals;

	InstanceAttachment(ConfigurableApplicationContext context, HealthInstance instance, HealthProperties properties,
			ShutdownReport report) {
		super(Integer.MAX_VALUE);
		StartupChecks.checkProperties(context);
		this.context = context;
		this.instance = instance;
		this.properties = properties;
		this.budget = ShutdownBudget.of(properties, context.getEnvironment());
		this.signals = new ShutdownSignals(instance.drain(), this.budget.isHeld()
				? new ShutdownDeadline(this.budget.gracePeriod(), instance.drain(), report) : null);
		instance.reconfigure(properties.settings(this.budget));
		instance.notifications().connect((event) -> publish(context, event));
		context.addApplicationListener(new LifecycleListener(context, instance.lifecycle()));
		context.addApplicationListener(new DrainBeforeClose(context, instance));
		if (properties.getLiveness().signals().requestExecutor().enabled()) {
			context.addApplicationListener(new UnwatchedRequests(context));
		}
	}

	// A context whose start has failed publishes nothing
	private static void publish(ConfigurableApplicationContext context, Object event) {
		if (context.isActive()) {
			context.publishEvent(event);
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.instance.startup().enter(StartupPhase.WEB_SERVER);
		this.context.getBeanProvider(LivenessSignal.class).orderedStream().forEach(this.instance.liveness()::addSignal);
		new DrainParticipants(this.context.getBeanFactory(), this.instance).add();
		enterModeAtStart();
		StartupChecks.checkContext(this.context, this.budget);
		ReloadOnSignal.connect(this.context, this.instance);
		this.signals.follow();
	}

	// What an operator has asked for during the start takes precedence
	private void enterModeAtStart() {
		ModeRequest mode = this.properties.getMaintenance().atStart(this.instance.time().instant());
		if (this.instance.modes().state().mode() == Mode.NORMAL) {
			this.instance.modes().enter(mode);
		}
	}

	@Override
	protected void onStart() {
		if (!this.context.getBeanFactory().containsSingleton(APPLICATION_ARGUMENTS)) {
			this.instance.lifecycle().ready();
		}
		this.instance.lifecycle().contextStarted();
	}

	@Override
	protected void onStop() {
		this.instance.lifecycle().contextStopped();
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public void close() {
		this.signals.close();
	}

}
