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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.signal.JvmSignal;
import io.github.healthstarter.text.DurationText;

/**
 * The JVM's one set of signal handlers, shared by all applications in it. The handlers
 * are in place while there is an application to be built or drained. Where the JVM does
 * not give the signals away ({@code -Xrs}), drains begin when the context is closed.
 */
final class SignalRelay {

	static final SignalRelay INSTANCE = new SignalRelay(JvmSignal::replaceHandler, Runtime.getRuntime()::exit,
			Runtime.getRuntime()::halt);

	private static final Log logger = LogFactory.getLog(ShutdownSignals.class);

	private static final Map<DrainTrigger, Integer> EXIT_CODES = Map.of(DrainTrigger.SIGTERM, 143, DrainTrigger.SIGINT,
			130);

	private final List<DrainController> drains = new ArrayList<>();

	private final List<ShutdownDeadline> deadlines = new ArrayList<>();

	private final List<StartingApplication> starting = new ArrayList<>();

	private final Map<DrainTrigger, JvmSignal> replaced = new EnumMap<>(DrainTrigger.class);

	private final BiFunction<String, Runnable, JvmSignal> signals;

	private final IntConsumer exit;

	private final IntConsumer halt;

	private boolean refused;

	private int received;

	private @Nullable DrainTrigger first;

	/**
	 * Create a relay that follows no signals yet.
	 * @param signals replaces the handler of a signal, given its name without {@code SIG}
	 * @param exit ends the process in order, with an exit code
	 * @param halt ends the process at once, with an exit code
	 */
	SignalRelay(BiFunction<String, Runnable, JvmSignal> signals, IntConsumer exit, IntConsumer halt) {
		this.signals = signals;
		this.exit = exit;
		this.halt = halt;
	}

	/**
	 * Drain by signals from now on: at once where one has come already, while the
	 * application was still starting.
	 * @param drain what signals begin
	 */
	void add(DrainController drain) {
		DrainTrigger missed;
		synchronized (this) {
			this.drains.add(drain);
			follow();
			warnWhereRefused();
			missed = this.first;
		}
		if (missed != null) {
			try {
				begin(List.of(drain), missed);
			}
			catch (Throwable ex) {
				logger.error("The drain by " + missed + " failed", ex);
			}
		}
	}

	// Only now does a log show it
	private void warnWhereRefused() {
		if (this.refused) {
			logger.warn("The JVM leaves signals to the operating system (-Xrs): SIGTERM ends this process at once,"
					+ " without a drain, and SIGHUP reloads nothing. Start it without -Xrs");
		}
	}

	synchronized void add(StartingApplication application) {
		this.starting.add(application);
		follow();
	}

	void add(ShutdownDeadline deadline) {
		DrainTrigger missed;
		synchronized (this) {
			this.deadlines.add(deadline);
			missed = this.first;
		}
		if (missed != null) {
			startDeadlines(List.of(deadline), missed);
		}
	}

	synchronized void remove(ShutdownDeadline deadline) {
		this.deadlines.remove(deadline);
	}

	synchronized void remove(DrainController drain) {
		this.drains.remove(drain);
		unfollow();
	}

	synchronized void remove(StartingApplication application) {
		this.starting.remove(application);
		unfollow();
	}

	private synchronized void follow() {
		if (this.drains.size() + this.starting.size() == 1 && this.received == 0) {
			EXIT_CODES.keySet().forEach(this::replace);
		}
	}

	// Once a signal has come the handlers stay: a later one still has to be counted
	private synchronized void unfollow() {
		if (this.drains.isEmpty() && this.starting.isEmpty() && this.received == 0) {
			this.replaced.values().forEach(JvmSignal::restore);
			this.replaced.clear();
		}
	}

	private void replace(DrainTrigger trigger) {
		try {
			String name = trigger.name().substring("SIG".length());
			this.replaced.put(trigger, this.signals.apply(name, () -> onSignal(trigger)));
		}
		catch (UnsupportedOperationException ex) {
			this.refused = this.refused || JvmSignal.isLeftToTheSystem(ex);
			logger.debug("Drains begin when the context is closed, not by " + trigger, ex);
		}
	}

	void onSignal(DrainTrigger trigger) {
		switch (count(trigger)) {
			case 1 -> {
				startDeadlines(deadlines(), trigger);
				starting().forEach(StartingApplication::abort);
				limitStarts(trigger);
				drainAll(trigger);
				end(trigger);
			}
			case 2 -> logger.warn("A second signal (" + trigger + "): " + endWaiting());
			default -> {
				logger.warn("A third signal (" + trigger + "): ending at once");
				this.halt.accept(exitCode(trigger));
			}
		}
	}

	private String endWaiting() {
		long ended = drains().stream().filter(DrainController::endWaiting).count();
		return (ended > 0) ? "not waiting any longer"
				: "no drain waits any more, the application is being closed; a third signal ends the process at once";
	}

	private void startDeadlines(List<ShutdownDeadline> deadlines, DrainTrigger trigger) {
		try {
			deadlines.forEach((deadline) -> deadline.start(trigger, () -> this.halt.accept(exitCode(trigger))));
		}
		catch (Throwable ex) {
			logger.error("Nobody watches the deadline of the shutdown by " + trigger, ex);
		}
	}

	private void limitStarts(DrainTrigger trigger) {
		for (StartingApplication application : starting()) {
			Thread thread = new Thread(() -> haltUnlessBuilt(application, trigger), "health-abort");
			thread.setDaemon(true);
			thread.start();
		}
	}

	// The exit below waits for the shutdown hook, and the hook for the context
	private void haltUnlessBuilt(StartingApplication application, DrainTrigger trigger) {
		try {
			Duration limit = application.abortAfter();
			if (!application.awaitBuilt(limit)) {
				logger.warn("The application is still starting " + DurationText.rounded(limit) + " after " + trigger
						+ ": ending without it");
				this.halt.accept(exitCode(trigger));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void drainAll(DrainTrigger trigger) {
		List<DrainController> drains = drains();
		try {
			begin(drains, trigger);
			drains.forEach((drain) -> drain.drainForShutdown(trigger));
		}
		catch (Throwable ex) {
			logger.error("The drain by " + trigger + " failed, ending without it", ex);
		}
	}

	// Each signal has its own thread: the second may come before anything can be ended
	private void begin(List<DrainController> drains, DrainTrigger trigger) {
		drains.forEach((drain) -> drain.begin(trigger));
		if (received() > 1) {
			drains.forEach(DrainController::endWaiting);
		}
	}

	private void end(DrainTrigger trigger) {
		JvmSignal signal = replaced(trigger);
		try {
			if (signal != null) {
				signal.callPreviousHandler();
				return;
			}
		}
		catch (UnsupportedOperationException ex) {
			logger.debug("The previous handler of " + trigger + " is not the JVM's", ex);
		}
		this.exit.accept(exitCode(trigger));
	}

	private static int exitCode(DrainTrigger trigger) {
		return EXIT_CODES.getOrDefault(trigger, 1);
	}

	private synchronized int count(DrainTrigger trigger) {
		if (this.received == 0) {
			this.first = trigger;
		}
		return ++this.received;
	}

	private synchronized int received() {
		return this.received;
	}

	private synchronized List<StartingApplication> starting() {
		return List.copyOf(this.starting);
	}

	private synchronized List<ShutdownDeadline> deadlines() {
		return List.copyOf(this.deadlines);
	}

	synchronized List<DrainController> drains() {
		return List.copyOf(this.drains);
	}

	private synchronized @Nullable JvmSignal replaced(DrainTrigger trigger) {
		return this.replaced.get(trigger);
	}

}
