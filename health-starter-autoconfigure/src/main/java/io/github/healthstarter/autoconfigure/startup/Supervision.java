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

import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.ShutdownBudget;
import io.github.healthstarter.reload.Reloader;
import io.github.healthstarter.signal.ReloadSignal;
import io.github.healthstarter.startup.StartupProgress;
import io.github.healthstarter.systemd.SystemdService;
import io.github.healthstarter.systemd.SystemdSettings;

/**
 * What a supervisor of the process asks for, and is told, from the first moment of a
 * start: SIGHUP no longer ends the process, and systemd hears how the start comes on. A
 * process is one service: of several applications in it, the first is supervised until it
 * ends, and the others are not.
 */
final class Supervision {

	static final String SOCKET = "NOTIFY_SOCKET";

	private static final Log logger = LogFactory.getLog(Supervision.class);

	private static final AtomicReference<@Nullable Supervision> OWNER = new AtomicReference<>();

	private @Nullable ReloadSignal signal;

	private volatile @Nullable SystemdService systemd;

	/**
	 * Begin where nothing has been configured yet: a signal that comes now is not to be
	 * lost.
	 * @param early what is known already
	 */
	Supervision(Environment early) {
		if (wantsSignal(early) && own()) {
			this.signal = new ReloadSignal();
		}
	}

	private boolean own() {
		return OWNER.compareAndSet(null, this) || OWNER.get() == this;
	}

	private void release() {
		OWNER.compareAndSet(this, null);
	}

	/**
	 * Go on with what has been configured.
	 * @param environment the environment, with all configuration files read
	 * @param progress how far the start has come
	 */
	void begin(Environment environment, StartupProgress progress) {
		boolean wantsSignal = wantsSignal(environment);
		boolean onSystemd = isOnSystemd(environment);
		if (!wantsSignal) {
			closeSignal();
		}
		if (!wantsSignal && !onSystemd) {
			release();
		}
		else if (own()) {
			if (wantsSignal && this.signal == null) {
				this.signal = new ReloadSignal();
			}
			this.systemd = onSystemd ? startSystemd(environment, progress) : null;
		}
	}

	private static boolean wantsSignal(Environment environment) {
		Boolean wanted = flag(environment, "health.reload.signal");
		return (wanted != null) ? wanted : isOnSystemd(environment);
	}

	// A mistake is told when all properties are bound
	private static @Nullable Boolean flag(Environment environment, String property) {
		try {
			return environment.getProperty(property, Boolean.class);
		}
		catch (ConversionException ex) {
			return null;
		}
	}

	private static boolean isOnSystemd(Environment environment) {
		return environment.containsProperty(SOCKET)
				&& !Boolean.FALSE.equals(flag(environment, "health.systemd.enabled"));
	}

	private static @Nullable SystemdService startSystemd(Environment environment, StartupProgress progress) {
		if (!SystemdSettings.isLibraryPresent()) {
			logger.warn("systemd cannot be told of the application's state: add the dependency"
					+ " 'com.kohlschutter.junixsocket:junixsocket-core' (type pom), or set 'health.systemd.enabled'"
					+ " to false");
			return null;
		}
		return SystemdService.start(new SystemdSettings(
				environment.getRequiredProperty(SOCKET), SystemdSettings
					.watchdog(environment.getProperty("WATCHDOG_USEC"), environment.getProperty("WATCHDOG_PID")),
				ShutdownBudget.phase(environment)), progress);
	}

	/**
	 * Make it known to the context, and end with it.
	 * @param beanFactory the context's, before anything in it has been made
	 */
	void follow(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean("healthStarterSupervision", this::release);
		}
		if (this.signal != null) {
			register(beanFactory, "healthStarterReloadSignal", this.signal);
		}
		if (this.systemd != null) {
			register(beanFactory, "healthStarterSystemdService", this.systemd);
		}
	}

	// What is registered first is destroyed last
	private static void register(ConfigurableListableBeanFactory beanFactory, String name, AutoCloseable bean) {
		beanFactory.registerSingleton(name, bean);
		if (beanFactory instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean(name, bean::close);
		}
	}

	/**
	 * Leave the process to the next application, such as the child of this one, where
	 * there is nothing in this one's context that could be told of.
	 * @param beanFactory the context's, with all beans made
	 */
	void started(ListableBeanFactory beanFactory) {
		if (beanFactory.getBeanNamesForType(Reloader.class, true, false).length == 0) {
			end();
		}
	}

	/**
	 * Tell that the process has been asked to end.
	 */
	void stopping() {
		SystemdService systemd = this.systemd;
		if (systemd != null) {
			systemd.stop();
		}
	}

	/**
	 * Tell that the start has failed.
	 * @param cause why
	 */
	void fail(Throwable cause) {
		SystemdService systemd = this.systemd;
		if (systemd != null) {
			systemd.fail(cause);
		}
		end();
	}

	/**
	 * Leave all as it was: this is no start.
	 */
	void abandon() {
		end();
	}

	private void end() {
		SystemdService systemd = this.systemd;
		if (systemd != null) {
			systemd.close();
		}
		closeSignal();
		release();
	}

	private void closeSignal() {
		if (this.signal != null) {
			this.signal.close();
			this.signal = null;
		}
	}

}
