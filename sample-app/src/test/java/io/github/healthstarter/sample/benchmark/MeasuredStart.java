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
import org.springframework.boot.web.server.context.WebServerApplicationContext;

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
		var context = (WebServerApplicationContext) SpringApplication.run(SampleApplication.class, args);
		long started = uptime();
		long process = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
		int port = context.getWebServer().getPort();
		if (context.containsBean("healthStarterMonitor")) {
			while (HttpConnection.ask(port, "GET", "/readyz").status() != 200) {
				Thread.sleep(50);
			}
		}
		long ready = uptime();
		HttpConnection.ask(port, "GET", "/orders/1");
		System.out.printf("%nMeasured: %d %d %d %d%n", started, process / 1_000_000, ready, uptime());
		Runtime.getRuntime().halt(0);
	}

	private static long uptime() {
		return ManagementFactory.getRuntimeMXBean().getUptime();
	}

}
