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

package io.github.healthstarter.notification;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Listeners of one kind, called in the order in which they were added. One that throws
 * does not keep the others from being called. Safe for use by any thread.
 *
 * @param <L> the type of the listeners
 */
public final class Listeners<L> {

	private static final Log logger = LogFactory.getLog(Listeners.class);

	private final String kind;

	private final List<L> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Create without any listeners.
	 * @param kind what they listen to, in a word for the log
	 */
	public Listeners(String kind) {
		this.kind = kind;
	}

	/**
	 * Add a listener.
	 * @param listener called from now on
	 */
	public void add(L listener) {
		this.listeners.add(listener);
	}

	/**
	 * Notify each listener on the caller's thread. What one throws is logged.
	 * @param call calls one listener
	 */
	public void notify(Consumer<L> call) {
		for (L listener : this.listeners) {
			try {
				call.accept(listener);
			}
			catch (Throwable ex) {
				logger.error("A " + this.kind + " listener failed", ex);
			}
		}
	}

}
