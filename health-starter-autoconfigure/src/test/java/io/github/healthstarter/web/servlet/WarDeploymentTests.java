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

package io.github.healthstarter.web.servlet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import jakarta.servlet.ServletContext;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.SpringServletContainerInitializer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.WebApplicationContextUtils;

import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.testing.HttpAnswer;
import io.github.healthstarter.testing.HttpConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the filters in a war, in a Tomcat that knows nothing of Spring Boot.
 */
class WarDeploymentTests {

	@TempDir
	private Path directory;

	private final Tomcat tomcat = new Tomcat();

	private Context war;

	@BeforeEach
	void deploy() throws Exception {
		this.tomcat.setBaseDir(this.directory.toString());
		this.tomcat.setPort(0);
		this.war = this.tomcat.addContext("/shop", this.directory.toString());
		this.war.addServletContainerInitializer(new SpringServletContainerInitializer(), Set.of(Shop.class));
		this.tomcat.start();
		this.tomcat.getConnector();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> get("/shop/readyz").status() == 200);
	}

	@AfterEach
	void stop() throws Exception {
		this.tomcat.stop();
		this.tomcat.destroy();
	}

	private HttpAnswer get(String target, String... headers) {
		try (HttpConnection connection = HttpConnection.to(this.tomcat.getConnector().getLocalPort())) {
			return connection.ask("GET", target, headers);
		}
	}

	private ConfigurableApplicationContext application() {
		ServletContext servletContext = this.war.getServletContext();
		return (ConfigurableApplicationContext) WebApplicationContextUtils
			.getRequiredWebApplicationContext(servletContext);
	}

	@Test
	void probesAnswerBelowItsContextPathAndRequestsAreCounted() {
		assertThat(get("/shop/readyz").json()).containsEntry("state", "running").containsKey("components");
		assertThat(get("/shop/readyz", "Via: a").json()).containsOnlyKeys("status", "state");
		assertThat(get("/shop/healthz").status()).isEqualTo(200);
		assertThat(get("/shop/startupz").status()).isEqualTo(200);
		assertThat(get("/shop/admin/drain").status()).isEqualTo(401);
		assertThat(get("/readyz").status()).isEqualTo(404);
		assertThat(get("/shop/tea").body()).isEqualTo("tea");
		assertThat(application().getBean(HealthInstance.class).traffic().requests().begun()).isEqualTo(1);
	}

	@Test
	void itsContextIsClosedWhenItIsUndeployed() {
		ConfigurableApplicationContext application = application();
		this.tomcat.getHost().removeChild(this.war);
		assertThat(application.isActive()).isFalse();
		assertThat(get("/shop/readyz").status()).isEqualTo(404);
	}

	/**
	 * The application, as somebody deploys it.
	 */
	static final class Shop extends SpringBootServletInitializer {

		@Override
		protected SpringApplicationBuilder configure(SpringApplicationBuilder application) {
			return application.sources(Application.class)
				.properties("spring.main.banner-mode=off", "management.health.defaults.enabled=false");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	static class Application {

		@RestController
		static class Teas {

			@GetMapping("/tea")
			String tea() {
				return "tea";
			}

		}

	}

}
