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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

import io.github.healthstarter.liveness.WatchedExecutor;

/**
 * Says in the log where the threads that serve requests are to be watched, and there are
 * none that can be.
 */
final class UnwatchedRequests implements ApplicationListener<ApplicationStartedEvent> {

	private static final Log logger = LogFactory.getLog(UnwatchedRequests.class);

	private final ApplicationContext context;

	private final ObjectProvider<WatchedExecutor> executors;

	UnwatchedRequests(ApplicationContext context) {
		this.context = context;
		this.executors = context.getBeanProvider(WatchedExecutor.class);
	}

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		if (event.getApplicationContext() == this.context
				&& this.executors.stream().allMatch((executor) -> executor.executor() == null)) {
			logger.warn("'health.liveness.signals.request-executor' watches nothing: " + reason());
		}
	}

	private String reason() {
		return this.executors.stream().findAny().isEmpty()
				? "it can watch the threads of a Tomcat or Jetty that serves servlets, and there is none"
				: "requests are served by virtual threads, which are never all busy, or by a web server that the"
						+ " application makes itself";
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

}
