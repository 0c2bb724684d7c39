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

package io.github.healthstarter.server;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/**
 * Watches for buffers of Netty's that nobody has released when they are collected as
 * garbage.
 */
final class BufferLeaks implements AutoCloseable {

	private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

	private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

	private final Reports reports = new Reports();

	private BufferLeaks() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		this.reports.start();
		this.logger.addAppender(this.reports);
		this.logger.setAdditive(false);
	}

	static BufferLeaks watch() {
		return new BufferLeaks();
	}

	/**
	 * Returns what has been reported, once a buffer that is leaked here on purpose is
	 * among it.
	 */
	List<String> reports() {
		String onPurpose = UUID.randomUUID().toString();
		leak(onPurpose);
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).until(() -> {
			System.gc();
			ByteBufAllocator.DEFAULT.buffer(16).release();
			return this.reports.messages.stream().anyMatch((message) -> message.contains(onPurpose));
		});
		return this.reports.messages.stream().filter((message) -> !message.contains(onPurpose)).toList();
	}

	private static void leak(String hint) {
		ByteBufAllocator.DEFAULT.buffer(16).touch(hint);
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.reports);
		this.logger.setAdditive(true);
		ResourceLeakDetector.setLevel(this.before);
	}

	/**
	 * Keeps what is logged.
	 */
	private static final class Reports extends AppenderBase<ILoggingEvent> {

		private final List<String> messages = new CopyOnWriteArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			this.messages.add(event.getFormattedMessage());
		}

	}

}
