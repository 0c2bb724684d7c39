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

package io.github.healthstarter.sample.systemd;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

import io.github.healthstarter.reload.ReloadRequestedEvent;

/**
 * A service that starts slowly, has a database and Redis that are down, and locks itself
 * up when it is told to. No configuration class, because the sample application would
 * find it among its own.
 */
@EnableAutoConfiguration
public class ServiceApplication {

	public static void main(String[] args) {
		SpringApplication.run(ServiceApplication.class, args);
	}

	@Bean
	Object modelLoader() throws InterruptedException {
		System.out.println("Loading the model");
		TimeUnit.MILLISECONDS.sleep(Long.getLong("model.millis", 0));
		return new Object();
	}

	@EventListener
	void onReload(ReloadRequestedEvent event) {
		System.out.println("Reload requested by " + event.trigger());
		if (Boolean.getBoolean("deadlock.on.reload")) {
			deadlock();
		}
	}

	private static void deadlock() {
		ReentrantLock left = new ReentrantLock();
		ReentrantLock right = new ReentrantLock();
		CountDownLatch both = new CountDownLatch(2);
		new Thread(() -> lock(left, right, both), "left").start();
		new Thread(() -> lock(right, left, both), "right").start();
	}

	private static void lock(ReentrantLock first, ReentrantLock second, CountDownLatch both) {
		first.lock();
		both.countDown();
		try {
			both.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		second.lock();
	}

}
