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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Tells listeners of one kind what happens, each of them in the order in which it was
 * announced, one call at a time. Each has a queue of its own, so that one that blocks
 * keeps nothing from the others but where they are told by the same thread. Calls are
 * added under the lock of what is told of, and made outside of it. Safe for use by any
 * thread.
 *
 * @param <L> the type of the listeners
 */
public final class Announcements<L> {

	private final String kind;

	private final List<Recipient<L>> recipients = new CopyOnWriteArrayList<>();

	/**
	 * Create without any listeners.
	 * @param kind what they listen to, in a word for the log and for names of threads
	 */
	public Announcements(String kind) {
		this.kind = kind;
	}

	/**
	 * Add a listener.
	 * @param listener told of what is announced from now on
	 */
	public void addListener(L listener) {
		this.recipients.add(new Recipient<>(listener, new CallQueue()));
	}

	/**
	 * Add a call of each listener, to be made by {@link #deliver()}.
	 * @param call tells one; what it throws is logged
	 */
	public void add(Consumer<L> call) {
		add(call, () -> {
		});
	}

	/**
	 * Add a call of each listener, to be made by {@link #deliver()}.
	 * @param call tells one; what it throws is logged
	 * @param afterwards called once all have been told
	 */
	public void add(Consumer<L> call, Runnable afterwards) {
		List<Recipient<L>> told = List.copyOf(this.recipients);
		AtomicInteger left = new AtomicInteger(told.size());
		told.forEach((recipient) -> recipient.calls().add(() -> {
			Listeners.tell(this.kind, recipient.listener(), call);
			if (left.decrementAndGet() == 0) {
				afterwards.run();
			}
		}));
		if (told.isEmpty()) {
			afterwards.run();
		}
	}

	/**
	 * Make the calls that are due, one listener after the other, but for those of
	 * listeners that another thread is calling: they are left to that thread.
	 */
	public void deliver() {
		this.recipients.forEach((recipient) -> recipient.calls().deliver());
	}

	/**
	 * Make the calls that are due, for each listener on a thread of its own: for callers
	 * that no listener may hold up.
	 */
	public void deliverApart() {
		this.recipients.stream().filter((recipient) -> recipient.calls().areDue()).forEach((recipient) -> {
			Thread thread = new Thread(recipient.calls()::deliver, "health-" + this.kind + "-listener");
			thread.setDaemon(true);
			thread.start();
		});
	}

	private record Recipient<L>(L listener, CallQueue calls) {

	}

}
