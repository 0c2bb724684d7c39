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

package io.github.healthstarter.testing;

import java.time.Duration;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.resources.LoopResources;

/**
 * Makes applications on Reactor Netty, each with an event loop of its own: those that all
 * in a JVM share end with the first of them. It is only one, so that whatever blocks it
 * is found out.
 */
@Configuration(proxyBeanMethods = false)
public class ReactorNettyConfiguration {

	/**
	 * Returns an application on Reactor Netty, not started.
	 * @param sources its configuration classes
	 * @return the application
	 */
	public static SpringApplicationBuilder application(Class<?>... sources) {
		return new SpringApplicationBuilder(sources).sources(ReactorNettyConfiguration.class)
			.web(WebApplicationType.REACTIVE);
	}

	@Bean
	ReactorResourceFactory reactorResourceFactory() {
		ReactorResourceFactory factory = new ReactorResourceFactory();
		factory.setUseGlobalResources(false);
		factory.setLoopResourcesSupplier(() -> LoopResources.create("test-http", 1, 1, true));
		factory.setShutdownQuietPeriod(Duration.ZERO);
		return factory;
	}

}
