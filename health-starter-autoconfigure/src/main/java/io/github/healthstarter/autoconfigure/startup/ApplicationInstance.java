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

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.SingletonBeanRegistry;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.healthstarter.autoconfigure.instance.InstanceFactory;
import io.github.healthstarter.autoconfigure.server.ApplicationProbeServer;
import io.github.healthstarter.autoconfigure.web.WebAutoConfiguration;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.metrics.ScrapeRoute;

/**
 * The instance of an application and its probe server, from before the context is built
 * until after it is closed. If the start fails, a probe server keeps reporting that until
 * the process ends, or the same application starts again in it, or another on the same
 * port. At most one server is left so: the first.
 */
final class ApplicationInstance implements AutoCloseable {

	private static final String ATTACHMENT = "healthStarterAttachment";

	private static final String BEAN_NAME = "healthStarterApplicationInstance";

	private static final AtomicReference<@Nullable ApplicationInstance> FAILED_STARTUP = new AtomicReference<>();

	private final HealthInstance instance;

	private volatile @Nullable ApplicationProbeServer server;

	private volatile boolean endsWithContext;

	private volatile boolean gone;

	private volatile boolean adopted;

	ApplicationInstance(HealthInstance instance) {
		this.instance = instance;
	}

	HealthInstance instance() {
		return this.instance;
	}

	/**
	 * Add the probe server, in place of one that a failed start has left.
	 * @param server the server
	 */
	void serve(ApplicationProbeServer server) {
		this.server = server;
	}

	/**
	 * Close what a failed start has left, if a probe server takes its place.
	 * @param next the server that is about to listen
	 */
	static void supersede(ApplicationProbeServer next) {
		ApplicationInstance left = FAILED_STARTUP.get();
		ApplicationProbeServer server = (left != null) ? left.server : null;
		if (left != null && server != null && server.isSupersededBy(next) && FAILED_STARTUP.compareAndSet(left, null)) {
			left.close();
		}
	}

	/**
	 * Become beans of a context, and end with it.
	 * @param context the context, before any of its beans has been created
	 */
	void follow(ConfigurableApplicationContext context) {
		context.getBeanFactory().registerSingleton(BEAN_NAME, this);
		// What is registered first is destroyed last
		if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean(BEAN_NAME, this::contextGone);
		}
		register(context.getBeanFactory());
	}

	private void register(SingletonBeanRegistry beans) {
		beans.registerSingleton(InstanceFactory.BEAN_NAME, this.instance);
		ApplicationProbeServer server = this.server;
		if (server != null) {
			beans.registerSingleton(ApplicationProbeServer.BEAN_NAME, server);
			beans.registerSingleton(WebAutoConfiguration.CONTRACT, server.contract());
		}
	}

	// If the start fails, the context goes and the failure is still to be reported
	private void contextGone() {
		this.gone = true;
		if (this.endsWithContext) {
			close();
		}
	}

	/**
	 * Note that the context has been built: its end is that of the instance, also if it
	 * has been closed already. One that nothing is attached to and nobody probes is
	 * closed.
	 * @param context the context
	 */
	void started(ConfigurableApplicationContext context) {
		ApplicationProbeServer server = this.server;
		boolean attached = isAttached(context);
		if (server == null && !attached) {
			close();
			return;
		}
		if (server != null && !attached) {
			server.logFailure();
		}
		endWithContext(context);
	}

	/**
	 * Return the instance of a context that the first of its children may have: nothing
	 * is attached to it, because the starter is set up in children alone, and a probe
	 * server serves it.
	 * @param context the context
	 * @return the instance, {@code null} if there is none
	 */
	static @Nullable ApplicationInstance adoptable(ApplicationContext context) {
		if (isAttached(context) || !context.containsLocalBean(BEAN_NAME)) {
			return null;
		}
		ApplicationInstance instance = context.getBean(BEAN_NAME, ApplicationInstance.class);
		return (instance.server != null && !instance.adopted) ? instance : null;
	}

	/**
	 * Become beans of a child as well, and go on as long as the own context.
	 * @param child the child, before any of its beans has been created
	 */
	void adopt(ConfigurableApplicationContext child) {
		this.adopted = true;
		register(child.getBeanFactory());
	}

	static boolean isAttached(ApplicationContext context) {
		return context.containsLocalBean(ATTACHMENT);
	}

	// One that is not active closes nothing any more
	private void endWithContext(@Nullable ConfigurableApplicationContext context) {
		this.endsWithContext = true;
		if (this.gone || context == null || !context.isActive()) {
			close();
		}
	}

	/**
	 * Note that the start has failed. If that is to be reported, the probe server goes
	 * on, unless that of another application does so already. All else ends with the
	 * context, or now if that has not been refreshed.
	 * @param context the context, {@code null} if there is none yet
	 * @param reported whether the failure is to be reported
	 */
	void failed(@Nullable ConfigurableApplicationContext context, boolean reported) {
		ApplicationProbeServer server = this.server;
		if (!reported || server == null || !server.isListening() || !FAILED_STARTUP.compareAndSet(null, this)) {
			endWithContext(context);
			return;
		}
		this.endsWithContext = false;
		this.instance.checks().start(List.of());
		if (server.scrape() instanceof ScrapeRoute scrape) {
			scrape.disconnect();
		}
	}

	@Override
	public void close() {
		ApplicationProbeServer server = this.server;
		if (server != null) {
			server.close();
		}
		this.instance.close();
	}

}
