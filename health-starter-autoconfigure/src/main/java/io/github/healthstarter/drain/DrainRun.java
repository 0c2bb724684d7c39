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

package io.github.healthstarter.drain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.traffic.Probers;
import io.github.healthstarter.traffic.RequestLoad;

/**
 * One drain from its beginning to the end of its waiting. Immutable but for its end.
 */
final class DrainRun {

	// Long enough to see whether clients that no prober speaks for go on sending, short
	// enough to go unnoticed when a context is closed
	private static final Duration LISTENING = Duration.ofMillis(60);

	private final CountDownLatch over = new CountDownLatch(1);

	private volatile @Nullable DrainSummary summary;

	private final DrainTrigger trigger;

	private final DrainSettings settings;

	private final RequestLoad requests;

	private final Probers probers;

	private final Participants participants;

	private final TimeSource time;

	private final Instant startedAt;

	private final long startedNanos;

	private final long begunBefore;

	private final long endedBefore;

	private final Duration quietBefore;

	private final boolean probed;

	private final boolean inTraffic;

	/**
	 * Begin a drain.
	 * @param trigger what begins it
	 * @param settings what it waits for
	 * @param work who asks, and what is under way
	 * @param time the time source
	 * @param ready whether the application is ready: if it is not, no balancer sends it
	 * anything
	 */
	DrainRun(DrainTrigger trigger, DrainSettings settings, Work work, TimeSource time, boolean ready) {
		this.trigger = trigger;
		this.settings = settings;
		this.requests = work.traffic().requests();
		this.probers = work.traffic().probers();
		this.participants = work.participants();
		this.time = time;
		this.startedAt = time.instant();
		this.startedNanos = time.nanos();
		this.begunBefore = this.requests.begun();
		this.endedBefore = this.requests.ended();
		this.quietBefore = this.requests.quietFor();
		this.probed = this.probers.isAnyPresent();
		this.inTraffic = ready;
	}

	@Nullable DrainSummary summary() {
		return this.summary;
	}

	boolean isOver() {
		return this.summary != null;
	}

	Duration remaining() {
		return this.settings.maxWait().minus(elapsed());
	}

	/**
	 * End the waiting. Called by one thread at a time.
	 * @param outcome how it ends
	 * @return what came of it, {@code null} where it was over already
	 */
	@Nullable DrainSummary end(DrainOutcome outcome) {
		if (this.summary != null) {
			return null;
		}
		DrainSummary summary = new DrainSummary(this.trigger, outcome, elapsed(),
				this.requests.ended() - this.endedBefore, this.requests.inFlight(), this.participants.unfinished());
		this.summary = summary;
		return summary;
	}

	/**
	 * Return what came of a drain that is undone when its waiting is over already.
	 * @return what has been told, with the new outcome
	 */
	DrainSummary undone() {
		DrainSummary summary = Objects.requireNonNull(this.summary);
		return summary.withOutcome(DrainOutcome.CANCELLED);
	}

	/**
	 * Let go those who wait for the end, once listeners know of it.
	 */
	void release() {
		this.over.countDown();
	}

	boolean awaitEnd(Duration timeout) {
		try {
			return this.over.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	DrainProgress progress() {
		DrainSummary summary = this.summary;
		return new DrainProgress(this.trigger, this.startedAt, (summary != null) ? summary.waited() : elapsed(),
				this.requests.inFlight(), this.participants.progress(), (summary != null) ? List.of() : waitingFor(),
				(summary != null) ? summary.outcome() : null);
	}

	List<String> waitingFor() {
		List<String> waitingFor = new ArrayList<>(4);
		if (this.inTraffic) {
			addBalancers(waitingFor);
		}
		long inFlight = this.requests.inFlight();
		if (inFlight > 0) {
			waitingFor.add(inFlight + ((inFlight == 1) ? " request" : " requests"));
		}
		waitingFor.addAll(this.participants.waitingFor());
		return waitingFor;
	}

	private void addBalancers(List<String> waitingFor) {
		if (elapsed().compareTo(this.settings.minWait()) < 0) {
			waitingFor.add("min-wait");
		}
		int probers = this.probers.awaited(this.settings.observedFailures());
		if (probers > 0) {
			waitingFor.add(probers + ((probers == 1) ? " prober" : " probers"));
		}
		if (!isQuiet()) {
			waitingFor.add("quiet-period");
		}
	}

	// Where nobody probes, balancers cannot be what sends requests: it is enough to see
	// that none comes for a moment
	private boolean isQuiet() {
		Duration quietPeriod = this.settings.quietPeriod();
		boolean trafficGoesOn = this.requests.begun() != this.begunBefore;
		if (trafficGoesOn || this.probed) {
			return this.requests.quietFor().compareTo(quietPeriod) >= 0;
		}
		return this.quietBefore.compareTo(quietPeriod) >= 0 || elapsed().compareTo(LISTENING) >= 0;
	}

	private Duration elapsed() {
		return this.time.since(this.startedNanos);
	}

}
