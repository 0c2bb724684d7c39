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
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.core.env.Environment;

import io.github.healthstarter.autoconfigure.EarlyProperty;
import io.github.healthstarter.autoconfigure.ShutdownBudget;
import io.github.healthstarter.autoconfigure.reload.ReloadOnSignal;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.signal.ReloadSignal;
import io.github.healthstarter.systemd.SystemdService;
import io.github.healthstarter.systemd.SystemdSettings;

/**
 * The ties between the process and its supervisor: the handler of SIGHUP, from the entry
 * of {@code SpringApplication.run} on, and the notifications of systemd. A process is one
 * service: of several applications in it, the first to begin is supervised until it ends.
 */
final class Supervision implements AutoCloseable {

	static final String SOCKET = "NOTIFY_SOCKET";

	private static final String SYSTEMD = "healthStarterSystemdService";

	private static final Log logger = LogFactory.getLog(Supervision.class);

	private static final AtomicReference<@Nullable Supervision> OWNER = new AtomicReference<>();

	private @Nullable ReloadSignal signal;

	private @Nullable SystemdService systemd;

	private boolean begun;

	private volatile boolean endsWithContext;

	private volatile boolean gone;

	/**
	 * Follow SIGHUP if that is known to be wanted before anything is configured.
	 * @param early what is known already
	 */
	Supervision(Environment early) {
		synchronized (OWNER) {
			if (isSignalWanted(early) && OWNER.compareAndSet(null, this)) {
				this.signal = new ReloadSignal();
			}
		}
	}

	// One that has not begun may never do so: devtools ends a first run by an exception
	private boolean own() {
		synchronized (OWNER) {
			Supervision owner = OWNER.get();
			if (owner != null && owner != this && !owner.begun) {
				this.signal = owner.signal;
				owner.signal = null;
				OWNER.set(this);
			}
			this.begun = OWNER.compareAndSet(null, this) || OWNER.get() == this;
			return this.begun;
		}
	}

	private void release() {
		OWNER.compareAndSet(this, null);
	}

	/**
	 * Go on with what has been configured.
	 * @param environment the environment, with all configuration files read
	 * @param instance the instance that systemd is notified of
	 */
	void begin(Environment environment, HealthInstance instance) {
		boolean signalWanted = isSignalWanted(environment);
		boolean onSystemd = isOnSystemd(environment);
		boolean owned = (signalWanted || onSystemd) && own();
		if (!signalWanted) {
			closeSignal();
		}
		if (!signalWanted && !onSystemd) {
			release();
		}
		else if (owned) {
			if (signalWanted && this.signal == null) {
				this.signal = new ReloadSignal();
			}
			this.systemd = onSystemd ? startSystemd(environment, instance) : null;
		}
	}

	private static boolean isSignalWanted(Environment environment) {
		Boolean wanted = EarlyProperty.find(environment, "health.reload.signal", Boolean.class);
		return (wanted != null) ? wanted : isOnSystemd(environment);
	}

	private static boolean isOnSystemd(Environment environment) {
		return environment.containsProperty(SOCKET)
				&& !Boolean.FALSE.equals(EarlyProperty.find(environment, "health.systemd.enabled", Boolean.class));
	}

	private static @Nullable SystemdService startSystemd(Environment environment, HealthInstance instance) {
		if (!SystemdSettings.isLibraryPresent()) {
			logger.warn("systemd is not notified of the application's state: add the dependency"
					+ " 'com.kohlschutter.junixsocket:junixsocket-core' (type pom), or set 'health.systemd.enabled'"
					+ " to false");
			return null;
		}
		return SystemdService.start(new SystemdSettings(
				environment.getRequiredProperty(SOCKET), SystemdSettings
					.watchdog(environment.getProperty("WATCHDOG_USEC"), environment.getProperty("WATCHDOG_PID")),
				ShutdownBudget.phase(environment)), instance);
	}

	/**
	 * Become beans of a context, and end with it once that has been built.
	 * @param beanFactory the beans of the context, none of them created
	 */
	void follow(ConfigurableListableBeanFactory beanFactory) {
		// What is registered first is destroyed last
		if (beanFactory instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean("healthStarterSupervision", this::contextGone);
		}
		if (this.signal != null) {
			beanFactory.registerSingleton(ReloadOnSignal.SIGNAL, this.signal);
		}
		if (this.systemd != null) {
			beanFactory.registerSingleton(SYSTEMD, this.systemd);
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
	 * Note that the context has been built: its end is that of the supervision, also if
	 * it has been closed already.
	 */
	void started() {
		this.endsWithContext = true;
		if (this.gone) {
			close();
		}
	}

	/**
	 * End, and leave the process to the next application.
	 */
	@Override
	public void close() {
		SystemdService systemd = this.systemd;
		if (systemd != null) {
			systemd.close();
		}
		closeSignal();
		release();
	}

	private void closeSignal() {
		synchronized (OWNER) {
			if (this.signal != null) {
				this.signal.close();
				this.signal = null;
			}
		}
	}

}
