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

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

import io.github.healthstarter.sample.SampleApplication;

/**
 * Starts the sample application, says what that took and ends.
 */
public final class MeasuredStart {

	private MeasuredStart() {
	}

	public static void main(String[] args) {
		SampleApplication.main(args);
		long elapsed = ManagementFactory.getRuntimeMXBean().getUptime();
		long mainThread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		long process = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
		System.out.printf("%nMeasured: %d %d %d%n", elapsed, mainThread / 1_000_000, process / 1_000_000);
		Runtime.getRuntime().halt(0);
	}

}
