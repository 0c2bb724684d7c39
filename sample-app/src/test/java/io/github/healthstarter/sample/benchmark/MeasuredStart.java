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

package io.github.healthstarter.sample.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.PriorityOrdered;

import io.github.healthstarter.sample.SampleApplication;
import io.github.healthstarter.sample.http.HttpConnection;

/**
 * Starts the sample application, asks for readiness where there is a probe, has one order
 * looked up in Redis and PostgreSQL, tells what each took and ends.
 */
public final class MeasuredStart {

	private MeasuredStart() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		Started started = new Started();
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.addListeners(started);
		var context = (WebServerApplicationContext) application.run(args);
		int port = context.getWebServer().getPort();
		if (context.containsBean("healthStarterMonitor")) {
			while (HttpConnection.ask(port, "GET", "/readyz").status() != 200) {
				Thread.sleep(10);
			}
		}
		long ready = uptime();
		HttpConnection.ask(port, "GET", "/orders/1");
		System.out.printf("%nMeasured: %d %d %d %d%n", started.uptime, started.processor / 1_000_000, ready, uptime());
		Runtime.getRuntime().halt(0);
	}

	private static long uptime() {
		return ManagementFactory.getRuntimeMXBean().getUptime();
	}

	/**
	 * Measures at the moment up to which Spring Boot itself counts the start.
	 */
	private static final class Started implements ApplicationListener<ApplicationStartedEvent>, PriorityOrdered {

		private long uptime;

		private long processor;

		@Override
		public void onApplicationEvent(ApplicationStartedEvent event) {
			this.uptime = MeasuredStart.uptime();
			this.processor = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
		}

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

	}

}
