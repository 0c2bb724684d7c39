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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

import io.github.healthstarter.drain.DrainListener;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainSummary;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.drain.Drained;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.RequestLoad;

/**
 * Says what a shutdown has come to, as soon as the web server has waited long enough for
 * the requests under way: in the log, and in Kubernetes' termination message where there
 * is one.
 */
public final class ShutdownReport
		implements SmartLifecycle, DrainListener, ApplicationListener<ContextClosedEvent>, PriorityOrdered {

	// Kubernetes keeps 4096 bytes
	private static final int MESSAGE_LIMIT = 4000;

	private static final Log logger = LogFactory.getLog(ShutdownReport.class);

	private final RequestLoad requests;

	private final TimeSource time;

	private volatile @Nullable Path terminationMessage;

	private volatile @Nullable Drained drained;

	private volatile @Nullable Thread closing;

	private volatile @Nullable String reported;

	private volatile boolean running;

	/**
	 * Create a report.
	 * @param requests tells what was cut off
	 * @param time the time source
	 * @param terminationMessage written to where the file exists, {@code null} for none
	 */
	public ShutdownReport(RequestLoad requests, TimeSource time, @Nullable Path terminationMessage) {
		this.requests = requests;
		this.time = time;
		this.terminationMessage = terminationMessage;
	}

	/**
	 * Write to another file.
	 * @param terminationMessage written to where the file exists, {@code null} for none
	 */
	public void use(@Nullable Path terminationMessage) {
		this.terminationMessage = terminationMessage;
	}

	@Override
	public void onEnded(DrainSummary summary) {
		this.drained = (summary.outcome() != DrainOutcome.CANCELLED) ? new Drained(summary, this.time.nanos()) : null;
	}

	@Override
	public void onUndone(DrainSummary summary) {
		this.drained = null;
	}

	// A drain begun by hand may have been over for hours
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.closing = Thread.currentThread();
		Drained drained = this.drained;
		if (drained != null) {
			this.drained = new Drained(drained.summary(), this.time.nanos());
		}
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	// After the wait of DrainBeforeClose, and before any listener that may hang
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 1;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		Drained drained = this.drained;
		if (drained != null) {
			String line = line(drained);
			this.reported = line;
			logger.info(line);
			leave(line);
		}
	}

	/**
	 * Report a shutdown that is going to be cut off, and what it is at.
	 * @param trigger what asked the process to end
	 * @param after how long ago
	 * @param waitingFor what the drain still waits for
	 */
	public void halting(DrainTrigger trigger, Duration after, List<String> waitingFor) {
		Thread closing = this.closing;
		String stage = stage(closing);
		String stack = (closing != null) ? stack(closing) : "";
		String line = summary(trigger) + " haltedAfterMillis=" + after.toMillis() + " haltedDuring=" + stage;
		// A file hangs less often than a log
		leave(line + stack);
		logger.error("The grace period is nearly over " + after.toMillis() + " ms after " + trigger.label()
				+ ": halting. Requests under way: " + this.requests.inFlight() + ", the drain waits for: " + waitingFor
				+ ", the context is being closed by:" + (stack.isEmpty() ? " nobody yet" : stack));
		logger.error(line);
	}

	private String stage(@Nullable Thread closing) {
		if (closing == null) {
			return "drain";
		}
		if (this.reported == null) {
			return "webServer";
		}
		return closing.isAlive() ? "stop" : "exit";
	}

	private String summary(DrainTrigger trigger) {
		String reported = this.reported;
		Drained drained = this.drained;
		if (reported != null) {
			return reported;
		}
		return (drained != null) ? line(drained) : "Shutdown: trigger=" + trigger.label();
	}

	private static String stack(Thread thread) {
		StringBuilder text = new StringBuilder("\n\"").append(thread.getName()).append('"');
		for (StackTraceElement frame : thread.getStackTrace()) {
			text.append("\n\tat ").append(frame);
		}
		return text.toString();
	}

	private String line(Drained drained) {
		DrainSummary summary = drained.summary();
		return "Shutdown: trigger=" + summary.trigger().label() + " drain=" + summary.outcome().label()
				+ " drainMillis=" + summary.waited().toMillis() + " servedWhileDraining=" + summary.served()
				+ " webServerMillis=" + this.time.since(drained.at()).toMillis() + " cutOff=" + this.requests.inFlight()
				+ streams() + unfinished(summary);
	}

	private String streams() {
		long streams = this.requests.streams();
		return (streams > 0) ? " streams=" + streams : "";
	}

	private void leave(String message) {
		Path path = this.terminationMessage;
		if (path != null && Files.isWritable(path)) {
			write(path, message.substring(0, Math.min(message.length(), MESSAGE_LIMIT)));
		}
	}

	private static String unfinished(DrainSummary summary) {
		return summary.unfinished().isEmpty() ? "" : " unfinished=[" + summary.unfinished(", ") + "]";
	}

	private static void write(Path path, String line) {
		try {
			Files.writeString(path, line + "\n", StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
		}
		catch (IOException ex) {
			logger.warn("The termination message could not be written to " + path, ex);
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return ShutdownPhases.AFTER_GRACEFUL_SHUTDOWN;
	}

	private record Drained(DrainSummary summary, long at) {

	}

}
