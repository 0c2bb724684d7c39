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

package io.github.healthstarter.sample.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * A web application that exhausts its heap for a while when it reads from its standard
 * input, and has one thing more to check afterwards. No configuration class, because the
 * sample application would find it among its own.
 */
@EnableAutoConfiguration
public class ExhaustibleApplication {

	static final String CONNECTIONS = "dependency-";

	static final int NUMBER = 10;

	static final String LATER = "later";

	public static void main(String[] args) throws IOException {
		ConfigurableApplicationContext context = SpringApplication.run(ExhaustibleApplication.class, args);
		if (System.in.read() >= 0) {
			Exhaustion.run();
			context.getBean(HealthContributorRegistry.class)
				.registerContributor(LATER, (HealthIndicator) () -> Health.up().build());
			System.out.println(Exhaustion.OVER);
		}
	}

	/**
	 * Checks beside those of the starter, so that memory runs out in as many places.
	 * @param port the port that they connect to
	 * @return the checks
	 */
	@Bean
	CompositeHealthContributor dependency(@Value("${dependency.port}") int port) {
		HealthIndicator connection = () -> connect(port);
		return CompositeHealthContributor.fromMap(IntStream.range(0, NUMBER)
			.boxed()
			.collect(Collectors.<Integer, String, HealthIndicator>toMap(String::valueOf, (number) -> connection)));
	}

	private static Health connect(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return Health.up().withDetail("port", socket.getPort()).build();
		}
		catch (IOException ex) {
			return Health.down(ex).build();
		}
	}

	/**
	 * Sets how often a poller wakes while nobody connects. It needs memory then.
	 * @param millis how often
	 * @return the customizer
	 */
	@Bean
	TomcatConnectorCustomizer poller(@Value("${poller.millis:1000}") String millis) {
		return (connector) -> connector.setProperty("selectorTimeout", millis);
	}

}
