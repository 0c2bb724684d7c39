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

package io.github.healthstarter.autoconfigure.startup;

import java.time.Duration;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.ParentContextApplicationContextInitializer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.autoconfigure.EarlyProperty;
import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.instance.InstanceFactory;
import io.github.healthstarter.autoconfigure.server.ApplicationProbeServer;
import io.github.healthstarter.autoconfigure.server.ProbeServerFactory;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.LifecyclePhase;
import io.github.healthstarter.shutdown.StartingApplication;
import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.time.Scheduler;

/**
 * One start of an application, from the prepared environment until it is ready or has
 * failed. Used by the thread that builds the context; signals come on others.
 */
final class ApplicationStart {

	private static final String INDICATOR = "org.springframework.boot.health.contributor.HealthIndicator";

	private final ConfigurableEnvironment environment;

	private final Supervision supervision;

	private final ProbeServerFactory servers;

	private final @Nullable EarlyProperties properties;

	private final boolean child;

	private @Nullable StartingApplication signals;

	private @Nullable SlowStartLog slowStart;

	private @Nullable HealthInstance instance;

	private @Nullable ApplicationInstance created;

	private ApplicationStart(SpringApplication application, ConfigurableEnvironment environment,
			Supervision supervision) {
		this.environment = environment;
		this.supervision = supervision;
		this.servers = new ProbeServerFactory(application, environment);
		this.child = application.getInitializers()
			.stream()
			.anyMatch(ParentContextApplicationContextInitializer.class::isInstance);
		if (isServed()) {
			this.servers.warmUp();
		}
		this.properties = isServed() ? EarlyProperties.bind(environment) : EarlyProperties.bindIfPossible(environment);
	}

	static boolean isEnabled(ConfigurableEnvironment environment) {
		return !Boolean.FALSE.equals(EarlyProperty.find(environment, "health.enabled", Boolean.class))
				&& ClassUtils.isPresent(INDICATOR, ApplicationStart.class.getClassLoader());
	}

	/**
	 * Begin with the environment prepared. The instance of a child is created when its
	 * parent is known, because it may be the parent's.
	 * @param application the application
	 * @param environment its environment
	 * @param supervision the supervisor of the process
	 * @return the start
	 */
	static ApplicationStart begin(SpringApplication application, ConfigurableEnvironment environment,
			Supervision supervision) {
		ApplicationStart start = new ApplicationStart(application, environment, supervision);
		if (!start.child) {
			start.createOrFail();
		}
		return start;
	}

	private void createOrFail() {
		try {
			ApplicationInstance created = create();
			if (isServed() && !this.servers.isAwaitingContext()) {
				listen(created);
			}
		}
		catch (RuntimeException | Error ex) {
			fail(null, ex);
			throw ex;
		}
	}

	private ApplicationInstance create() {
		HealthProperties properties = (this.properties != null) ? this.properties.get() : null;
		HealthInstance instance = InstanceFactory.create(properties, this.environment);
		ApplicationInstance created = new ApplicationInstance(instance);
		this.created = created;
		watch(instance);
		this.supervision.begin(this.environment, instance);
		return created;
	}

	private void watch(HealthInstance instance) {
		this.instance = instance;
		this.signals = new StartingApplication(this::abortAfter, instance.lifecycle()::stop);
		this.slowStart = new SlowStartLog(instance.startup(), Scheduler.start("health-startup"), instance.time());
	}

	// With a mistake in the configuration the start will fail: nobody need wait for that
	private Duration abortAfter() {
		return (this.properties != null) ? this.properties.get().getDrain().abortStartupAfter() : Duration.ZERO;
	}

	private boolean isServed() {
		return this.servers.isWanted() && !this.child;
	}

	private void listen(ApplicationInstance created) {
		if (this.properties != null) {
			ApplicationProbeServer server = this.servers.create(created.instance(), this.properties.get());
			if (server != null) {
				ApplicationInstance.supersede(server);
				created.serve(server);
				this.servers.listen(server, this.properties.get());
			}
		}
	}

	/**
	 * Make the instance known to the context.
	 * @param context the context, before any of its beans has been created
	 */
	void follow(ConfigurableApplicationContext context) {
		if (this.instance == null && !adopt(context)) {
			create();
		}
		ApplicationInstance created = this.created;
		if (created != null) {
			if (isServed() && this.servers.isAwaitingContext() && this.servers.isFor(context)) {
				listen(created);
			}
			created.follow(context);
			this.supervision.follow(context.getBeanFactory());
		}
		if (this.properties != null) {
			this.properties.follow(context);
		}
	}

	// A parent without the starter has an instance that nothing is attached to. It stays
	// open, and the parent's, if a probe server serves it
	private boolean adopt(ConfigurableApplicationContext context) {
		ApplicationInstance adoptable = null;
		ApplicationContext parent = context.getParent();
		while (parent != null && adoptable == null) {
			adoptable = ApplicationInstance.adoptable(parent);
			parent = parent.getParent();
		}
		if (adoptable != null) {
			adoptable.adopt(context);
			this.supervision.close();
			watch(adoptable.instance());
		}
		return adoptable != null;
	}

	/**
	 * Record each bean that is created from now on.
	 * @param context the context, with its definitions loaded
	 */
	void recordBeans(ConfigurableApplicationContext context) {
		if (this.instance != null) {
			StartupProgress progress = this.instance.startup();
			progress.enter(StartupPhase.BEANS);
			context.addBeanFactoryPostProcessor((beanFactory) -> progress.expect(singletons(beanFactory)));
			context.getBeanFactory().addBeanPostProcessor(new BeanCreationRecorder(progress));
		}
	}

	// Those that the start creates in any case
	private static int singletons(ConfigurableListableBeanFactory beanFactory) {
		return (int) Stream.of(beanFactory.getBeanDefinitionNames())
			.map(beanFactory::getBeanDefinition)
			.filter((bean) -> bean.isSingleton() && !bean.isLazyInit() && !bean.isAbstract())
			.count();
	}

	/**
	 * Note that the context has been built. What follows, runners and ready listeners, a
	 * signal ends like a running application.
	 * @param context the context
	 */
	void started(ConfigurableApplicationContext context) {
		this.servers.recommend();
		if (this.created != null) {
			this.created.started(context);
		}
		// A child may be the one to be supervised, unless it will use the instance of
		// this
		if (ApplicationInstance.isAttached(context) || ApplicationProbeServer.of(context) != null) {
			this.supervision.started();
		}
		else {
			this.supervision.close();
		}
		endBuilding(StartupPhase.RUNNERS);
	}

	/**
	 * Note that runners and ready listeners have returned.
	 * @param context the context, of which an ancestor may have had the instance before
	 */
	void ready(ConfigurableApplicationContext context) {
		end(StartupPhase.CHECKS);
		if (this.instance != null && ApplicationInstance.isAttached(context)) {
			this.instance.lifecycle().ready();
		}
	}

	/**
	 * Fail, because the application has failed to start. What a signal has stopped stays
	 * so.
	 * @param context the context, {@code null} if there is none yet
	 * @param cause why
	 */
	void fail(@Nullable ConfigurableApplicationContext context, Throwable cause) {
		if (this.instance != null && this.instance.lifecycle().phase() != LifecyclePhase.STOPPING) {
			this.instance.lifecycle().fail(String.valueOf(cause));
		}
		if (this.created != null) {
			this.created.failed(context, !this.servers.isEndingWithContext());
		}
		this.supervision.close();
		end(StartupPhase.ENVIRONMENT);
	}

	private void end(StartupPhase next) {
		endBuilding(next);
		if (this.slowStart != null) {
			this.slowStart.close();
		}
	}

	private void endBuilding(StartupPhase next) {
		if (this.instance != null) {
			this.instance.startup().enter(next);
		}
		if (this.signals != null) {
			this.signals.close();
		}
	}

}
