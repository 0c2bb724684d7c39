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

package io.github.healthstarter.web;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;
import io.github.healthstarter.testing.ProbedApplication;

/**
 * Asks the probes of an application at moments that nobody outside can choose: before its
 * runners have run, and when its context is being closed.
 */
final class StateObserver implements ApplicationListener<ApplicationEvent> {

	private final Map<String, HttpAnswer> beforeRunners = new ConcurrentHashMap<>();

	private final Map<String, HttpAnswer> whileClosing = new ConcurrentHashMap<>();

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ApplicationStartedEvent started) {
			ask(started.getApplicationContext(), this.beforeRunners);
		}
		if (event instanceof ContextClosedEvent closed) {
			ask(closed.getApplicationContext(), this.whileClosing);
		}
	}

	private static void ask(ApplicationContext context, Map<String, HttpAnswer> answers) {
		for (String target : AbstractHttpStateTests.PROBES) {
			try (HttpConnection connection = HttpConnection.to(ProbedApplication.port(context))) {
				answers.put(target, connection.ask("GET", target));
			}
		}
	}

	HttpAnswer beforeRunners(String target) {
		return Objects.requireNonNull(this.beforeRunners.get(target));
	}

	HttpAnswer whileClosing(String target) {
		return Objects.requireNonNull(this.whileClosing.get(target));
	}

}
