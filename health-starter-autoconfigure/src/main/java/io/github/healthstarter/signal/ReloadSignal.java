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

package io.github.healthstarter.signal;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * SIGHUP as a request to reload: it no longer ends the process. One that comes too early
 * is kept until there is something to be reloaded. Safe for use by any thread.
 */
public final class ReloadSignal implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ReloadSignal.class);

	private final @Nullable JvmSignal signal;

	private @Nullable Runnable reload;

	private boolean pending;

	/**
	 * Follow the signal from now on, where the JVM gives it away.
	 */
	public ReloadSignal() {
		this("HUP");
	}

	ReloadSignal(String name) {
		this.signal = replaceHandler(name);
	}

	private @Nullable JvmSignal replaceHandler(String name) {
		try {
			return JvmSignal.replaceHandler(name, this::onSignal);
		}
		catch (UnsupportedOperationException ex) {
			logger.debug("A reload cannot be asked for by SIG" + name, ex);
			return null;
		}
	}

	/**
	 * Reload for each signal from now on, and once for those that have come before.
	 * @param reload asks for a reload; must not block
	 */
	public synchronized void connect(Runnable reload) {
		this.reload = reload;
		if (this.pending) {
			this.pending = false;
			reload.run();
		}
	}

	synchronized boolean isPending() {
		return this.pending;
	}

	private synchronized void onSignal() {
		if (this.reload != null) {
			this.reload.run();
		}
		else {
			this.pending = true;
		}
	}

	/**
	 * Leave the signal to whom it was with before.
	 */
	@Override
	public void close() {
		if (this.signal != null) {
			this.signal.restore();
		}
	}

}
