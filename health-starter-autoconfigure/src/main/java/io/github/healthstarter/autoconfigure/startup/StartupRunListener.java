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
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.manifest.ManifestPrinter;
import io.github.healthstarter.autoconfigure.server.ApplicationProbeServer;
import io.github.healthstarter.autoconfigure.server.ProbeServerStart;
import io.github.healthstarter.shutdown.StartingApplication;
import io.github.healthstarter.startup.StartupPhase;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Follows the start of an application from before its context is there: notes how far it
 * has come, and lets the process end in time where that is asked for meanwhile.
 */
final class StartupRunListener implements SpringApplicationRunListener {

	private static final String PROGRESS = "healthStarterApplicationProgress";

	private static final String PROGRESS_WITHOUT_APPLICATION = "healthStarterStartupProgress";

	private final SpringApplication application;

	private final Supervision supervision = new Supervision(new StandardEnvironment());

	private @Nullable Start start;

	private volatile @Nullable ApplicationProbeServer server;

	StartupRunListener(SpringApplication application, String[] arguments) {
		this.application = application;
	}

	@Override
	public void environmentPrepared(ConfigurableBootstrapContext bootstrapContext,
			ConfigurableEnvironment environment) {
		if (isPreparation(environment)) {
			this.supervision.abandon();
			return;
		}
		ManifestPrinter.ofProcess().printWhereAskedFor(this.application, environment);
		if (environment.getProperty("health.enabled", Boolean.class, true)) {
			StartupProgress progress = new StartupProgress(TimeSource.system());
			this.start = new Start(progress, new ProbeServerStart(this.application, environment, progress),
					new StartingApplication(() -> abortAfter(environment), this::abort),
					new SlowBeanLog(progress, Scheduler.start("health-startup")));
			this.supervision.begin(environment, progress);
			this.server = this.start.server().beforeContext();
		}
		else {
			this.supervision.abandon();
		}
	}

	// Neither Spring Cloud's bootstrap context nor ahead-of-time processing is a start
	private static boolean isPreparation(ConfigurableEnvironment environment) {
		return environment.getPropertySources().contains("bootstrap")
				|| SpringProperties.getFlag(AbstractAotProcessor.AOT_PROCESSING);
	}

	// With a mistake in the configuration the start will fail: nobody need wait for that
	private static Duration abortAfter(Environment environment) {
		try {
			return Binder.get(environment).bindOrCreate("health", HealthProperties.class).abortStartupAfter();
		}
		catch (BindException ex) {
			return Duration.ZERO;
		}
	}

	private void abort() {
		this.supervision.stopping();
		ApplicationProbeServer server = this.server;
		if (server != null) {
			server.stopping();
		}
	}

	@Override
	public void contextPrepared(ConfigurableApplicationContext context) {
		if (this.start != null) {
			this.supervision.follow(context.getBeanFactory());
			register(context.getBeanFactory(), this.start.progress());
			if (this.server == null) {
				this.server = this.start.server().withContext(context);
			}
		}
		if (this.server != null) {
			this.server.follow(context);
		}
	}

	// A bean of the application's own goes first. Where the application was processed
	// ahead of time, the auto-configuration's is there by now
	private static void register(ConfigurableListableBeanFactory beanFactory, StartupProgress progress) {
		if (beanFactory instanceof BeanDefinitionRegistry registry) {
			RootBeanDefinition definition = new RootBeanDefinition(StartupProgress.class, () -> progress);
			definition.setFallback(true);
			if (registry.containsBeanDefinition(PROGRESS_WITHOUT_APPLICATION)) {
				registry.removeBeanDefinition(PROGRESS_WITHOUT_APPLICATION);
			}
			registry.registerBeanDefinition(PROGRESS, definition);
		}
	}

	@Override
	public void contextLoaded(ConfigurableApplicationContext context) {
		if (this.start != null) {
			StartupProgress progress = this.start.progress();
			progress.enter(StartupPhase.BEANS);
			context.addBeanFactoryPostProcessor((beanFactory) -> progress.expect(singletons(beanFactory)));
			context.getBeanFactory().addBeanPostProcessor(new BeanCreationRecorder(progress));
		}
	}

	// Those that the start makes in any case
	private static int singletons(ConfigurableListableBeanFactory beanFactory) {
		return (int) Stream.of(beanFactory.getBeanDefinitionNames())
			.map(beanFactory::getBeanDefinition)
			.filter((bean) -> bean.isSingleton() && !bean.isLazyInit() && !bean.isAbstract())
			.count();
	}

	@Override
	public void started(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
		if (this.server != null) {
			this.server.started();
		}
		if (this.start != null) {
			this.start.server().recommend();
			this.supervision.started(context.getBeanFactory());
		}
		end(StartupPhase.RUNNERS);
	}

	@Override
	public void ready(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
		end(StartupPhase.CHECKS);
	}

	@Override
	public void failed(@Nullable ConfigurableApplicationContext context, Throwable exception) {
		this.supervision.fail(exception);
		if (this.start != null && this.server != null) {
			if (this.start.server().endsWithTheContext()) {
				this.server.close();
			}
			else {
				this.server.fail(exception);
			}
		}
		end(StartupPhase.ENVIRONMENT);
	}

	private void end(StartupPhase next) {
		if (this.start != null) {
			this.start.progress().enter(next);
			this.start.close();
		}
	}

	/**
	 * A start that is under way.
	 */
	private record Start(StartupProgress progress, ProbeServerStart server, StartingApplication application,
			SlowBeanLog slowBeans) {

		void close() {
			this.application.close();
			this.slowBeans.close();
		}

	}

}
