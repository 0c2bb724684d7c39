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
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.text.TextLine;
import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * One participant and the thread that alone calls it. Others set the target; the thread
 * goes there as soon as it is free, by the shortest way, so that the participant never
 * sees a drain that is undone before that. Its latest answer may be read by any thread,
 * however long it hangs.
 */
final class Participation implements AutoCloseable {

	/**
	 * The time that a participant may take to answer.
	 */
	static final Duration LIMIT = Duration.ofSeconds(2);

	private static final String OVERDUE = "no answer within " + LIMIT.toSeconds() + "s";

	private static final Duration INTERVAL = Duration.ofMillis(20);

	private static final Log logger = LogFactory.getLog(Participation.class);

	private final DrainParticipant participant;

	private final String name;

	private final Scheduler scheduler;

	private final TimeSource time;

	private final AtomicBoolean logged = new AtomicBoolean();

	private volatile Target target = Target.SERVING;

	private volatile Answer answer = Answer.NONE;

	// Since when an answer is due, whichever it is
	private volatile long awaitedSince;

	private volatile boolean awaited;

	private Scheduler.@Nullable Scheduled next;

	// What follows is the thread's own

	private boolean draining;

	private @Nullable String startFailure;

	/**
	 * Create for a participant that is not draining.
	 * @param name its name
	 * @param participant the participant
	 * @param scheduler where it is called; closed with this participation
	 * @param time the time source
	 */
	Participation(String name, DrainParticipant participant, Scheduler scheduler, TimeSource time) {
		this.participant = participant;
		this.name = TextLine.of(name);
		this.scheduler = scheduler;
		this.time = time;
		scheduler.recoverWith(() -> schedule(Duration.ZERO));
	}

	/**
	 * Let the participant drain, and count its work until {@link #rest()}.
	 */
	void begin() {
		this.answer = Answer.NONE;
		this.logged.set(false);
		awaitAnswer();
		setTarget(Target.DRAINING);
	}

	/**
	 * Count its work no more.
	 */
	void rest() {
		this.target = Target.DRAINED;
	}

	/**
	 * Let the participant take work again.
	 */
	void cancel() {
		setTarget(Target.SERVING);
	}

	private void setTarget(Target target) {
		this.target = target;
		try {
			schedule(Duration.ZERO);
		}
		catch (Throwable ex) {
			answer(failed("has no thread:", ex));
		}
	}

	// At most one step is scheduled, however often the target changes
	private synchronized void schedule(Duration delay) {
		if (this.next != null) {
			this.next.cancel();
		}
		this.next = this.scheduler.schedule(delay, this::step);
	}

	private void step() {
		boolean drain = this.target != Target.SERVING;
		if (drain != this.draining) {
			this.draining = drain;
			this.startFailure = null;
			change(drain);
		}
		if (this.draining) {
			answer((this.startFailure != null) ? this.answer.failed(this.startFailure) : count());
		}
		if (this.target == Target.DRAINING || this.draining != (this.target != Target.SERVING)) {
			schedule(INTERVAL);
		}
	}

	private void change(boolean drain) {
		try {
			if (drain) {
				this.participant.startDraining();
			}
			else {
				this.participant.cancelDraining();
			}
		}
		catch (Throwable ex) {
			String failure = note((drain ? "startDraining" : "cancelDraining") + " threw", ex);
			this.startFailure = drain ? failure : null;
		}
	}

	private Answer count() {
		awaitAnswer();
		try {
			long inFlight = Math.max(0, this.participant.inFlight());
			return new Answer(inFlight, (inFlight > 0) ? this.participant.oldestAge() : null, null);
		}
		catch (Throwable ex) {
			return failed("inFlight threw", ex);
		}
	}

	private Answer failed(String problem, Throwable ex) {
		return this.answer.failed(note(problem, ex));
	}

	private String note(String problem, Throwable ex) {
		String failure = problem + " " + ex.getClass().getSimpleName();
		log(failure, ex);
		return failure;
	}

	private void awaitAnswer() {
		this.awaitedSince = this.time.nanos();
		this.awaited = true;
	}

	private void answer(Answer answer) {
		this.answer = answer;
		this.awaited = false;
	}

	private void log(String failure, @Nullable Throwable ex) {
		if (this.logged.compareAndSet(false, true)) {
			logger.warn("The drain's participant '" + this.name + "' failed: " + failure, ex);
		}
	}

	/**
	 * Return how far the participant has come.
	 * @return the progress
	 */
	ParticipantProgress progress() {
		Answer answer = this.answer;
		boolean overdue = this.awaited && this.time.since(this.awaitedSince).compareTo(LIMIT) >= 0;
		String failure = overdue ? OVERDUE : answer.failure();
		if (overdue) {
			log(OVERDUE, null);
		}
		return new ParticipantProgress(this.name, answer.inFlight(), answer.oldestAge(), failure);
	}

	/**
	 * End the thread, interrupting what it does.
	 */
	@Override
	public void close() {
		this.scheduler.close();
	}

	private enum Target {

		SERVING, DRAINING, DRAINED

	}

	/**
	 * Latest answer of the participant.
	 */
	private record Answer(@Nullable Long inFlight, @Nullable Duration oldestAge, @Nullable String failure) {

		static final Answer NONE = new Answer(null, null, null);

		Answer failed(String failure) {
			return new Answer(this.inFlight, this.oldestAge, failure);
		}

	}

}
