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

package io.github.healthstarter.shutdown;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;

/**
 * Drains when the application context is going to be closed, before anything in it is.
 * Spring's executors and schedulers begin to stop at the same event, hence the first
 * place, and the refusal of asynchronous execution.
 */
public final class DrainBeforeClose implements ApplicationListener<ContextClosedEvent>, PriorityOrdered {

	private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(1);

	private static final Log logger = LogFactory.getLog(DrainBeforeClose.class);

	private final ApplicationContext context;

	private final HealthInstance instance;

	/**
	 * Create a listener.
	 * @param context the context whose end counts; that of a child does not
	 * @param instance drained, and then stopping
	 */
	public DrainBeforeClose(ApplicationContext context, HealthInstance instance) {
		this.context = context;
		this.instance = instance;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() != this.context) {
			return;
		}
		this.instance.drain().drainForShutdown(DrainTrigger.CONTEXT);
		this.instance.lifecycle().stop();
		try {
			if (!this.instance.notifications().flush(FLUSH_TIMEOUT)) {
				logger.warn("An event listener is blocking shutdown; continuing without it");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
