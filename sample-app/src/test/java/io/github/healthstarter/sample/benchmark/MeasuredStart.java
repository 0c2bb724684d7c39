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
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.healthstarter.sample.JavaProcess;
import io.github.healthstarter.sample.SampleApplication;
import io.github.healthstarter.sample.http.HttpConnection;

/**
 * What the start of the sample application has cost until it has answered its first
 * request, for which it needs Redis and PostgreSQL, counted by a process of its own.
 *
 * @param millis the time since the start of the JVM, in milliseconds
 * @param processorMillis the processor time of all threads, in milliseconds
 * @param classes how many classes have been loaded
 * @param beans how many beans of the starter there are, configuration classes included
 */
public record MeasuredStart(long millis, long processorMillis, int classes, int beans) {

	private static final Pattern PRINTED = Pattern.compile("Measured: (\\d+) (\\d+) (\\d+) (\\d+)");

	private static final String STARTER = "io.github.healthstarter.";

	private static final String SAMPLE = STARTER + "sample.";

	static MeasuredStart await(JavaProcess process) {
		MatchResult printed = process.await(PRINTED);
		return new MeasuredStart(Long.parseLong(printed.group(1)), Long.parseLong(printed.group(2)),
				Integer.parseInt(printed.group(3)), Integer.parseInt(printed.group(4)));
	}

	public static void main(String[] args) throws IOException {
		ConfigurableApplicationContext context = SpringApplication.run(SampleApplication.class, args);
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		// An order is looked for in Redis and in PostgreSQL
		int status = HttpConnection.ask(port, "GET", "/orders/1").status();
		if (status != 404) {
			throw new IllegalStateException("The first request has been answered with " + status);
		}
		long millis = ManagementFactory.getRuntimeMXBean().getUptime();
		long nanos = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
		int classes = (int) ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
		List<String> beans = beans(context.getBeanFactory());
		System.out.printf("%nBeans of the starter: %s%n", beans);
		System.out.printf("Measured: %d %d %d %d%n", millis, nanos / 1_000_000, classes, beans.size());
		System.exit(0);
	}

	private static List<String> beans(ConfigurableListableBeanFactory beanFactory) {
		return Stream.of(beanFactory.getBeanDefinitionNames(), beanFactory.getSingletonNames())
			.flatMap(Arrays::stream)
			.distinct()
			.filter((name) -> name.startsWith("healthStarter") || isOfStarter(beanFactory.getType(name, false)))
			.sorted()
			.toList();
	}

	private static boolean isOfStarter(@Nullable Class<?> type) {
		return type != null && type.getName().startsWith(STARTER) && !type.getName().startsWith(SAMPLE);
	}

}
