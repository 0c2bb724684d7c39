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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.healthstarter.testing.LocalProxy;
import io.github.healthstarter.testing.ProbedApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a page gets that a real browser on this machine has loaded from a name that
 * leads to this machine (DNS rebinding), or from another site.
 */
@Timeout(180)
class BrowserTests {

	@TempDir
	Path directory;

	private ProbedApplication application;

	@BeforeEach
	void start() {
		Assumptions.assumeTrue(chromium().isPresent(), "chromium is not installed");
		this.application = ProbedApplication.onServlets(Application.class, ContractApplication.PROPERTIES);
	}

	@AfterEach
	void stop() {
		if (this.application != null) {
			this.application.close();
		}
	}

	private static Optional<Path> chromium() {
		return Stream.of("chromium", "chromium-browser", "google-chrome")
			.flatMap((name) -> LocalProxy.find(name).stream())
			.findFirst();
	}

	private String load(String url) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(chromium().orElseThrow().toString(), "--headless", "--no-sandbox",
				"--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
				"--user-data-dir=" + this.directory.resolve("profile"), "--virtual-time-budget=20000",
				"--host-resolver-rules=MAP evil.test 127.0.0.1", "--dump-dom", url)
			.redirectError(this.directory.resolve("chromium.log").toFile())
			.start();
		try {
			String page = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			return page;
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void pageWhoseNameLeadsHereReadsTheSummaryAlone() throws Exception {
		assertThat(load("http://evil.test:" + this.application.port() + "/page")).contains("READ", "running")
			.doesNotContain("components");
	}

	@Test
	void personOnThisMachineSeesDetails() throws Exception {
		assertThat(load("http://127.0.0.1:" + this.application.port() + "/page")).contains("READ", "components");
		assertThat(load("http://localhost:" + this.application.port() + "/readyz")).contains("components");
	}

	@Test
	void pageOfAnotherSiteMakesTheBrowserAskForTheSummaryAlone() throws Exception {
		try (ServerSocket recorder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture<List<String>> request = CompletableFuture.supplyAsync(() -> record(recorder));
			load("http://evil.test:" + this.application.port() + "/page?" + recorder.getLocalPort());
			String[] headers = request.get(10, TimeUnit.SECONDS)
				.stream()
				.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith("sec-fetch-"))
				.toArray(String[]::new);
			assertThat(headers).contains("Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: image");
			try (ProbedApplication other = ProbedApplication.onServlets(Application.class,
					ContractApplication.PROPERTIES)) {
				assertThat(other.get("/readyz", headers).json()).as(Arrays.toString(headers))
					.containsOnlyKeys("status", "state");
				assertThat(other.get("/readyz").json()).containsKey("components");
			}
		}
	}

	private static List<String> record(ServerSocket recorder) {
		try (Socket connection = recorder.accept()) {
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
			return Stream.generate(() -> line(reader)).takeWhile((line) -> !line.isEmpty()).toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String line(BufferedReader reader) {
		try {
			String line = reader.readLine();
			return (line != null) ? line : "";
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Application extends ContractApplication {

		@Bean
		ServletRegistrationBean<Page> page() {
			return new ServletRegistrationBean<>(new Page(), "/page");
		}

	}

	/**
	 * A page that reads what the server that it came from says of its readiness, and with
	 * a port as its query refers to an image on that port.
	 */
	static final class Page extends HttpServlet {

		private static final long serialVersionUID = 1L;

		private static final String SCRIPT = "<script>fetch('/readyz').then(r => r.text())"
				+ ".then(t => document.body.append('READ ' + t))</script>";

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.setContentType("text/html");
			String port = request.getQueryString();
			response.getWriter()
				.append("<body>")
				.append((port != null) ? "<img src='http://127.0.0.1:" + port + "/readyz'>" : SCRIPT);
		}

	}

}
