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

package io.github.healthstarter.reload;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.notification.Listeners;
import io.github.healthstarter.text.DurationText;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * Reloads when it is asked to, one reload at a time, on a thread of its own. Safe for use
 * by any thread.
 */
public final class Reloader implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Reloader.class);

	private final Consumer<ReloadTrigger> reload;

	private final Function<Throwable, String> analysis;

	private final Scheduler scheduler;

	private final TimeSource time;

	private final Listeners<ReloadListener> listeners = new Listeners<>("reload");

	private @Nullable Request next;

	private boolean closed;

	/**
	 * Create a reloader.
	 * @param reload reloads, given what has asked for it; what it throws is why it failed
	 * @param analysis says what is wrong, given what was thrown
	 * @param scheduler where reloads run; closed with this reloader
	 * @param time the time source
	 */
	public Reloader(Consumer<ReloadTrigger> reload, Function<Throwable, String> analysis, Scheduler scheduler,
			TimeSource time) {
		this.reload = reload;
		this.analysis = analysis;
		this.scheduler = scheduler;
		this.time = time;
	}

	/**
	 * Add a listener inside the starter; applications take the events.
	 * @param listener told of each reload from now on
	 */
	public void addListener(ReloadListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Ask for a reload. One that has been asked for and has not begun is joined.
	 * @param trigger what asks
	 * @return completed when it is over; at once, with a failure, where this reloader has
	 * been closed
	 */
	public synchronized CompletableFuture<ReloadResult> request(ReloadTrigger trigger) {
		if (this.next == null) {
			Request request = new Request(trigger, new CompletableFuture<>());
			if (this.closed) {
				request.refuse();
				return request.result;
			}
			this.next = request;
			this.scheduler.execute(() -> run(request));
		}
		return this.next.result.copy();
	}

	private void run(Request request) {
		synchronized (this) {
			this.next = null;
		}
		long begun = this.time.nanos();
		this.listeners.notify(ReloadListener::onStarted);
		Throwable thrown = reload(request.trigger);
		ReloadResult result = new ReloadResult(request.trigger, this.time.since(begun),
				(thrown != null) ? this.analysis.apply(thrown) : null);
		this.listeners.notify((listener) -> listener.onEnded(result));
		request.result.complete(result);
		log(result, thrown);
	}

	private @Nullable Throwable reload(ReloadTrigger trigger) {
		try {
			this.reload.accept(trigger);
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	private static void log(ReloadResult result, @Nullable Throwable thrown) {
		if (result.failure() == null) {
			logger.info("Reloaded by " + result.trigger().label() + " within " + DurationText.rounded(result.took()));
		}
		else {
			logger.error("The reload by " + result.trigger().label() + " has failed: " + result.failure());
			logger.debug("The reload has failed", thrown);
		}
	}

	/**
	 * End the thread, interrupting a reload, and refuse what has been asked for.
	 */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
			if (this.next != null) {
				this.next.refuse();
				this.next = null;
			}
		}
		this.scheduler.close();
	}

	private record Request(ReloadTrigger trigger, CompletableFuture<ReloadResult> result) {

		void refuse() {
			this.result.complete(new ReloadResult(this.trigger, Duration.ZERO, "the application is being closed"));
		}

	}

}
