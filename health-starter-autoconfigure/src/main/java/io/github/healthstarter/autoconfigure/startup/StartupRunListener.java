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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.github.healthstarter.autoconfigure.manifest.ManifestPrinter;
import io.github.healthstarter.autoconfigure.server.ProbeServerFactory;
import io.github.healthstarter.autoconfigure.server.ProbeServerWarmUp;

/**
 * Creates the instance of an application before its context, makes it known to the
 * context, and reports the phases of the start to it. The start is over only when all
 * ready listeners have returned, so this one comes after those.
 */
final class StartupRunListener implements SpringApplicationRunListener, Ordered {

	private final SpringApplication application;

	private final Supervision supervision;

	private @Nullable ApplicationStart start;

	StartupRunListener(SpringApplication application, String[] arguments) {
		this.application = application;
		ConfigurableEnvironment early = new StandardEnvironment();
		early.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
		this.supervision = new Supervision(early);
		if (early.containsProperty(ProbeServerFactory.PORT)) {
			ProbeServerWarmUp.begin();
		}
	}

	@Override
	public void environmentPrepared(ConfigurableBootstrapContext bootstrapContext,
			ConfigurableEnvironment environment) {
		if (isPreparation(environment)) {
			this.supervision.close();
			return;
		}
		ManifestPrinter.ofProcess().printWhereAskedFor(this.application, environment);
		if (ApplicationStart.isEnabled(environment)) {
			this.start = ApplicationStart.begin(this.application, environment, this.supervision);
		}
		else {
			this.supervision.close();
		}
	}

	// Neither Spring Cloud's bootstrap context nor ahead-of-time processing is a start
	private static boolean isPreparation(ConfigurableEnvironment environment) {
		return environment.getPropertySources().contains("bootstrap")
				|| SpringProperties.getFlag(AbstractAotProcessor.AOT_PROCESSING);
	}

	@Override
	public void contextPrepared(ConfigurableApplicationContext context) {
		if (this.start != null) {
			this.start.follow(context);
		}
	}

	@Override
	public void contextLoaded(ConfigurableApplicationContext context) {
		if (this.start != null) {
			this.start.recordBeans(context);
		}
	}

	@Override
	public void started(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
		if (this.start != null) {
			this.start.started(context);
		}
	}

	@Override
	public void ready(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
		if (this.start != null) {
			this.start.ready(context);
		}
	}

	// After Spring Boot's own listener, whose event the application's listeners have
	// then handled
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void failed(@Nullable ConfigurableApplicationContext context, Throwable exception) {
		if (this.start != null) {
			this.start.fail(context, exception);
		}
		else {
			this.supervision.close();
		}
	}

}
