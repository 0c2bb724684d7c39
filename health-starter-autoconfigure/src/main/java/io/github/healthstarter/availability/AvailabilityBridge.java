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

package io.github.healthstarter.availability;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;

import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.liveness.LivenessMonitor;

/**
 * Believes the availability states that the application publishes, and publishes those
 * that are decided here, so that Actuator's own groups agree with the probes. Events may
 * come on any thread.
 */
public final class AvailabilityBridge implements SmartApplicationListener {

	private final ApplicationContext context;

	private final HealthMonitor health;

	private final Lifecycle lifecycle;

	private final LivenessMonitor livenessMonitor;

	private final ApplicationLiveness liveness = new ApplicationLiveness();

	private final Executor events;

	private volatile boolean readyAnnounced;

	private volatile @Nullable ReadinessState readinessSeen;

	private volatile @Nullable LivenessState livenessSeen;

	/**
	 * Create a bridge between a context and its instance, and follow the instance.
	 * @param context the context in which states are published
	 * @param instance the instance
	 */
	public AvailabilityBridge(ApplicationContext context, HealthInstance instance) {
		this.context = context;
		this.health = instance.health();
		this.lifecycle = instance.lifecycle();
		this.livenessMonitor = instance.liveness();
		this.events = instance.notifications().events();
		instance.liveness().addSignal(this.liveness);
		instance.health().addListener((before, after) -> this.events.execute(this::align));
		instance.lifecycle().addListener(() -> this.events.execute(this::align));
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
		return AvailabilityChangeEvent.class.isAssignableFrom(type) || type == ApplicationReadyEvent.class;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof AvailabilityChangeEvent<?> change) {
			onChange(change);
		}
		else if (event instanceof ApplicationReadyEvent ready && ready.getApplicationContext() == this.context) {
			this.readyAnnounced = true;
		}
	}

	private void onChange(AvailabilityChangeEvent<?> event) {
		if (event.getSource() == this) {
			see(event.getState());
		}
		else if (!isOfAnotherContext(event.getSource())) {
			hear(event.getState());
			this.events.execute(this::align);
		}
	}

	private boolean isOfAnotherContext(Object source) {
		return source instanceof AvailabilityBridge
				|| (source instanceof ApplicationContext other && other != this.context);
	}

	// At once: in between, an alignment on another thread would repeat or contradict what
	// the application says
	private synchronized void hear(AvailabilityState state) {
		believe(state);
		see(state);
	}

	private void believe(AvailabilityState state) {
		if (state instanceof ReadinessState readiness) {
			this.lifecycle.refuse(readiness == ReadinessState.REFUSING_TRAFFIC);
		}
		else if (state instanceof LivenessState livenessState) {
			this.liveness.changeTo(livenessState);
			this.livenessMonitor.refresh();
		}
	}

	private void see(AvailabilityState state) {
		if (state instanceof ReadinessState readiness) {
			this.readinessSeen = readiness;
		}
		else if (state instanceof LivenessState livenessState) {
			this.livenessSeen = livenessState;
		}
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	private void align() {
		for (AvailabilityState state : unpublished()) {
			AvailabilityChangeEvent.publish(this.context, this, state);
		}
	}

	// Spring Boot publishes a first state of its own when the application has started:
	// before that there is nothing to be aligned
	private synchronized List<AvailabilityState> unpublished() {
		HealthSnapshot snapshot = this.health.snapshot();
		AvailabilityState readiness = snapshot.state().isReady() ? ReadinessState.ACCEPTING_TRAFFIC
				: ReadinessState.REFUSING_TRAFFIC;
		AvailabilityState liveness = isAlive(snapshot) ? LivenessState.CORRECT : LivenessState.BROKEN;
		// Spring Boot accepts traffic just before the instance is ready, and is not to be
		// contradicted for that moment
		boolean accepting = this.readyAnnounced && !this.lifecycle.state().isReady();
		List<AvailabilityState> unpublished = new ArrayList<>();
		if (!accepting && this.readinessSeen != null && this.readinessSeen != readiness) {
			unpublished.add(readiness);
		}
		if (this.livenessSeen != null && this.livenessSeen != liveness) {
			unpublished.add(liveness);
		}
		return unpublished;
	}

	// What the application says of itself counts from the moment it says so, also where
	// the signals have not been looked at since
	private boolean isAlive(HealthSnapshot snapshot) {
		return this.liveness.look() == null && snapshot.liveness()
			.failures()
			.stream()
			.allMatch((failure) -> failure.signal().equals(this.liveness.name()));
	}

}
