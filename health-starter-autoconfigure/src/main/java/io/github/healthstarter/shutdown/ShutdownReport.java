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
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

import io.github.healthstarter.drain.DrainSummary;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.PhasedBean;
import io.github.healthstarter.lifecycle.ShutdownPhases;
import io.github.healthstarter.text.DurationText;
import io.github.healthstarter.traffic.RequestLoad;

/**
 * Reports a shutdown as soon as the web server has waited long enough for the requests in
 * flight: in the log, and in Kubernetes' termination message if there is one.
 */
public final class ShutdownReport extends PhasedBean
		implements ApplicationListener<ContextClosedEvent>, PriorityOrdered {

	// Kubernetes keeps 4096 bytes
	private static final int MESSAGE_LIMIT = 4000;

	private static final Log logger = LogFactory.getLog(ShutdownReport.class);

	private final ApplicationContext context;

	private final HealthInstance instance;

	private volatile @Nullable Closing closing;

	private volatile @Nullable String reported;

	/**
	 * Create a report.
	 * @param context the context whose end counts; that of a child does not
	 * @param instance the instance whose shutdown is reported
	 */
	public ShutdownReport(ApplicationContext context, HealthInstance instance) {
		super(ShutdownPhases.AFTER_GRACEFUL_SHUTDOWN);
		this.context = context;
		this.instance = instance;
	}

	// A drain begun by hand may have been over for hours
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.closing = new Closing(Thread.currentThread(), this.instance.time().nanos());
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
	protected void onStop() {
		DrainSummary summary = this.instance.drain().summary();
		Closing closing = this.closing;
		if (summary != null && closing != null) {
			String line = line(summary, closing);
			this.reported = line;
			logger.info(line);
			write(line);
		}
	}

	/**
	 * Report a shutdown that is going to be cut off, and what it is at.
	 * @param trigger what asked the process to end
	 * @param after how long ago
	 * @param waitingFor what the drain still waits for
	 */
	public void halting(DrainTrigger trigger, Duration after, List<String> waitingFor) {
		Closing closing = this.closing;
		String stack = (closing != null) ? stack(closing.thread()) : "";
		String line = summary(trigger) + " haltedAfterMillis=" + after.toMillis() + " haltedDuring=" + stage(closing);
		// A file hangs less often than a log
		write(line + stack);
		logger.error("The grace period is nearly over " + DurationText.rounded(after) + " after " + trigger.label()
				+ ": halting. Requests in flight: " + requests().inFlight() + ", the drain waits for: " + waitingFor
				+ ", the context is being closed by:" + (stack.isEmpty() ? " nobody yet" : stack));
		logger.error(line);
	}

	private String stage(@Nullable Closing closing) {
		if (closing == null) {
			return "drain";
		}
		if (this.reported == null) {
			return "webServer";
		}
		return closing.thread().isAlive() ? "stop" : "exit";
	}

	private String summary(DrainTrigger trigger) {
		String reported = this.reported;
		DrainSummary summary = this.instance.drain().summary();
		if (reported != null) {
			return reported;
		}
		return (summary != null) ? line(summary, this.closing) : "Shutdown: trigger=" + trigger.label();
	}

	private static String stack(Thread thread) {
		StringBuilder text = new StringBuilder("\n\"").append(thread.getName()).append('"');
		for (StackTraceElement frame : thread.getStackTrace()) {
			text.append("\n\tat ").append(frame);
		}
		return text.toString();
	}

	private String line(DrainSummary summary, @Nullable Closing closing) {
		Duration closed = (closing != null) ? this.instance.time().since(closing.at()) : Duration.ZERO;
		return "Shutdown: trigger=" + summary.trigger().label() + " drain=" + summary.outcome().label()
				+ " drainMillis=" + summary.waited().toMillis() + " servedWhileDraining=" + summary.served()
				+ " webServerMillis=" + closed.toMillis() + " cutOff=" + requests().inFlight() + streams()
				+ unfinished(summary);
	}

	private RequestLoad requests() {
		return this.instance.traffic().requests();
	}

	private String streams() {
		long streams = requests().streams();
		return (streams > 0) ? " streams=" + streams : "";
	}

	private void write(String message) {
		Path path = this.instance.settings().terminationMessage();
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

	private record Closing(Thread thread, long at) {

	}

}
