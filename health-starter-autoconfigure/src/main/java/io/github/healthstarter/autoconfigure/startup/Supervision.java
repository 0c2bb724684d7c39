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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.github.healthstarter.lifecycle.StartupProgress;
import io.github.healthstarter.signal.ReloadSignal;
import io.github.healthstarter.systemd.SystemdService;
import io.github.healthstarter.systemd.SystemdSettings;

/**
 * What a supervisor of the process asks for, and is told, from the first moment of a
 * start: SIGHUP no longer ends the process, and systemd hears how the start comes on.
 */
final class Supervision {

	static final String SOCKET = "NOTIFY_SOCKET";

	private static final Log logger = LogFactory.getLog(Supervision.class);

	private static final String JUNIXSOCKET = "org.newsclub.net.unix.AFUNIXDatagramChannel";

	private @Nullable ReloadSignal signal;

	private volatile @Nullable SystemdService systemd;

	/**
	 * Begin where nothing has been configured yet: a signal that comes now is not to be
	 * lost.
	 * @param early what is known already
	 */
	Supervision(Environment early) {
		if (wantsSignal(early)) {
			this.signal = new ReloadSignal();
		}
	}

	/**
	 * Go on with what has been configured.
	 * @param environment the environment, with all configuration files read
	 * @param progress how far the start has come
	 */
	void begin(Environment environment, StartupProgress progress) {
		if (!wantsSignal(environment)) {
			closeSignal();
		}
		else if (this.signal == null) {
			this.signal = new ReloadSignal();
		}
		if (isOnSystemd(environment)) {
			this.systemd = startSystemd(environment, progress);
		}
	}

	private static boolean wantsSignal(Environment environment) {
		Boolean wanted = environment.getProperty("health.reload.signal", Boolean.class);
		return (wanted != null) ? wanted : isOnSystemd(environment);
	}

	private static boolean isOnSystemd(Environment environment) {
		return environment.containsProperty(SOCKET)
				&& environment.getProperty("health.systemd.enabled", Boolean.class, true);
	}

	private static @Nullable SystemdService startSystemd(Environment environment, StartupProgress progress) {
		if (!ClassUtils.isPresent(JUNIXSOCKET, Supervision.class.getClassLoader())) {
			logger.warn("systemd cannot be told of the application's state: add the dependency"
					+ " 'com.kohlschutter.junixsocket:junixsocket-core' (type pom), or set 'health.systemd.enabled'"
					+ " to false");
			return null;
		}
		Duration phase = environment.getProperty("spring.lifecycle.timeout-per-shutdown-phase", Duration.class,
				Duration.ofSeconds(30));
		return SystemdService.start(
				new SystemdSettings(environment.getRequiredProperty(SOCKET), SystemdSettings.watchdog(
						environment.getProperty("WATCHDOG_USEC"), environment.getProperty("WATCHDOG_PID")), phase),
				progress);
	}

	/**
	 * Make it known to the context, and end with it.
	 * @param beanFactory the context's, before anything in it has been made
	 */
	void follow(ConfigurableListableBeanFactory beanFactory) {
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
			systemd.close();
		}
		closeSignal();
	}

	/**
	 * Leave all as it was: this is no start.
	 */
	void abandon() {
		closeSignal();
	}

	private void closeSignal() {
		if (this.signal != null) {
			this.signal.close();
			this.signal = null;
		}
	}

}
