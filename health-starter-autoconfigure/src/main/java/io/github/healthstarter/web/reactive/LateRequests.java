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

package io.github.healthstarter.web.reactive;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import org.springframework.context.SmartLifecycle;

import io.github.healthstarter.shutdown.ShutdownPhases;
import io.github.healthstarter.web.Departure;
import io.github.healthstarter.web.OpenStreams;

/**
 * The connections on which a request may still come when Reactor Netty, which stops
 * gracefully, has closed its listener. It would close those that have none under way at
 * once, also where one has just been sent. The shutdown goes on when they have been
 * answered or a moment has passed. It knows nothing of {@link OpenStreams}: Spring would
 * stop it together with them, whatever its phase.
 */
public final class LateRequests implements SmartLifecycle {

	private static final int MOMENT_MILLIS = 500;

	private static final int MOMENTS = 10;

	private static final int POLL_MILLIS = 2;

	private final Departure departure;

	private final int momentMillis;

	private final Set<Channel> open = ConcurrentHashMap.newKeySet();

	private final Set<Channel> awaited = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	/**
	 * Create it.
	 * @param departure tells whether the instance is going away
	 */
	public LateRequests(Departure departure) {
		this(departure, MOMENT_MILLIS);
	}

	LateRequests(Departure departure, int momentMillis) {
		this.departure = departure;
		this.momentMillis = momentMillis;
	}

	boolean isUnderWay() {
		return this.departure.isUnderWay();
	}

	boolean isMomentGranted() {
		return this.running && isUnderWay();
	}

	int momentMillis() {
		return this.momentMillis;
	}

	void opened(Channel channel) {
		this.open.add(channel);
	}

	void await(Channel channel) {
		this.awaited.add(channel);
	}

	void ended(Channel channel) {
		this.open.remove(channel);
		this.awaited.remove(channel);
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		if (isListenerClosed()) {
			closeIdle();
			awaitEnd();
		}
		this.running = false;
	}

	// It is open where the server does not stop gracefully
	private boolean isListenerClosed() {
		return this.open.stream().anyMatch((channel) -> !channel.parent().isOpen());
	}

	private void awaitEnd() {
		int polls = MOMENTS * this.momentMillis / POLL_MILLIS;
		while (polls-- > 0 && !this.awaited.isEmpty()) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
		}
	}

	// The server has not told those that came while it stopped, and does not wait until
	// the others have heard of it
	private void closeIdle() {
		List<Channel> channels = List.copyOf(this.open);
		CountDownLatch untold = new CountDownLatch(channels.size());
		channels.forEach((channel) -> closeIdle(channel, untold));
		try {
			untold.await(this.momentMillis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void closeIdle(Channel channel, CountDownLatch untold) {
		try {
			channel.eventLoop().execute(() -> {
				closeIdle(channel);
				untold.countDown();
			});
		}
		catch (RejectedExecutionException ex) {
			// Its loop has ended, which may not have told how the connection did
			ended(channel);
			untold.countDown();
		}
	}

	private void closeIdle(Channel channel) {
		if (!this.awaited.contains(channel) && LateRequestHandler.isIdle(channel)) {
			Future<?> unused = channel.close();
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

}
