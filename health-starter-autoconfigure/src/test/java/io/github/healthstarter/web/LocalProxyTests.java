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

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

import io.github.healthstarter.testing.LocalProxy;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what strangers get through real proxies on this machine that leave no header.
 * Those whose answer a stranger may choose are named in the operator's guide: behind them
 * {@code health.access.trusted} has to be empty.
 */
@Timeout(120)
class LocalProxyTests {

	private static final String STRANGER = "Host: shop.example";

	private static final String LIAR = "Host: 127.0.0.1";

	private static final String NGINX_BY_DEFAULT = "proxy_pass http://127.0.0.1:%d;";

	private static final String NGINX_HTTP_11 = NGINX_BY_DEFAULT + " proxy_http_version 1.1;";

	private static final String NGINX_OF_A_GROUP = "proxy_pass http://application; proxy_http_version 1.1;";

	@TempDir
	Path directory;

	private ProbedApplication application;

	private LocalProxy proxy;

	@AfterEach
	void stop() {
		if (this.proxy != null) {
			this.proxy.close();
		}
		if (this.application != null) {
			this.application.close();
		}
	}

	private static SpringApplicationBuilder tomcat() {
		return new SpringApplicationBuilder(ContractApplication.class).web(WebApplicationType.SERVLET);
	}

	private static SpringApplicationBuilder probeServer() {
		return ProbeServerConfiguration.application(ContractApplication.class);
	}

	private int start(SpringApplicationBuilder builder, String... properties) {
		this.application = ProbedApplication.start(builder,
				Stream.concat(Stream.of(ContractApplication.PROPERTIES), Stream.of(properties)).toArray(String[]::new));
		this.application.awaitState("running");
		return this.application.port();
	}

	private boolean givesDetailsTo(String host) {
		return this.proxy.ask("GET", "/readyz", host).json().containsKey("components");
	}

	private boolean trustsTheMachine() {
		return this.application.get("/readyz").json().containsKey("components");
	}

	@Test
	void nginxByDefaultSpeaksHttp10() throws IOException {
		this.proxy = LocalProxy.nginx(this.directory, start(tomcat()), NGINX_BY_DEFAULT);
		assertThat(givesDetailsTo(LIAR)).isFalse();
		assertThat(givesDetailsTo(STRANGER)).isFalse();
		assertThat(trustsTheMachine()).isTrue();
	}

	@Test
	void nginxWithAGroupOfServersNamesThatAsItsHost() throws IOException {
		this.proxy = LocalProxy.nginx(this.directory, start(tomcat()), NGINX_OF_A_GROUP);
		assertThat(givesDetailsTo(LIAR)).isFalse();
		assertThat(trustsTheMachine()).isFalse();
	}

	@Test
	void nginxThatKeepsTheHostIsFoundOutByTheFirstStranger() throws IOException {
		this.proxy = LocalProxy.nginx(this.directory, start(tomcat()), NGINX_HTTP_11 + " proxy_set_header Host $host;");
		assertThat(givesDetailsTo(STRANGER)).isFalse();
		assertThat(givesDetailsTo(LIAR)).isFalse();
		assertThat(trustsTheMachine()).isFalse();
	}

	@Test
	void nginxWithHttp11AndTheAddressAsItsHostIsNotToldFromThisMachine() throws IOException {
		this.proxy = LocalProxy.nginx(this.directory, start(tomcat()), NGINX_HTTP_11);
		assertThat(givesDetailsTo(STRANGER)).as("documented: set health.access.trusted to []").isTrue();
		assertThat(this.proxy.ask("POST", "/admin/drain", STRANGER).status()).isEqualTo(401);
	}

	@Test
	void withAnEmptyListNothingIsGivenAway() throws IOException {
		this.proxy = LocalProxy.nginx(this.directory, start(tomcat(), "health.access.trusted="), NGINX_HTTP_11);
		assertThat(givesDetailsTo(STRANGER)).isFalse();
		assertThat(givesDetailsTo(LIAR)).isFalse();
		assertThat(
				this.proxy.ask("GET", "/readyz", STRANGER, "Authorization: Bearer " + ContractApplication.TOKEN).json())
			.containsKey("components");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "tcp" })
	void haProxyIsFoundOutByTheFirstStranger(String mode) throws IOException {
		this.proxy = LocalProxy.haProxy(this.directory, start(tomcat()), mode);
		assertThat(givesDetailsTo(LIAR)).as("documented: set health.access.trusted to []").isTrue();
		assertThat(this.proxy.ask("GET", "/shop", STRANGER).status()).isEqualTo(404);
		assertThat(givesDetailsTo(STRANGER)).isFalse();
		assertThat(givesDetailsTo(LIAR)).isFalse();
		assertThat(trustsTheMachine()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "tcp" })
	void strangerCannotDrainThroughHaProxyOnTheProbeServer(String mode) throws IOException {
		this.proxy = LocalProxy.haProxy(this.directory, start(probeServer()), mode);
		assertThat(this.proxy.ask("POST", "/admin/drain", LIAR).status()).isEqualTo(401);
		assertThat(this.proxy.ask("POST", "/admin/drain", STRANGER).status()).isEqualTo(401);
		assertThat(givesDetailsTo(STRANGER)).isFalse();
		assertThat(givesDetailsTo(LIAR)).isFalse();
	}

	@Test
	void strangerCannotDrainThroughNginxOnTheProbeServer() throws IOException {
		this.proxy = LocalProxy.nginx(this.directory, start(probeServer(), "health.access.trusted=127.0.0.1"),
				NGINX_BY_DEFAULT);
		assertThat(this.proxy.ask("POST", "/admin/drain", LIAR).status()).isEqualTo(401);
		assertThat(this.proxy.ask("POST", "/admin/drain", STRANGER).status()).isEqualTo(401);
		assertThat(givesDetailsTo(LIAR)).isFalse();
	}

}
