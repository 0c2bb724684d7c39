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

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.web.OpenStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of {@link OpenStreams} on a real server.
 */
class EventStreamsTests {

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);

	private final HttpClient client = HttpClient.newHttpClient();

	private ConfigurableApplicationContext context;

	@BeforeEach
	void startApplication() {
		SpringApplication application = new SpringApplication(StreamingApplication.class);
		this.context = application.run("--server.port=0",
				"--spring.lifecycle.timeout-per-shutdown-phase=" + SHUTDOWN_TIMEOUT.toSeconds() + "s");
	}

	@AfterEach
	void stopApplication() {
		this.context.close();
	}

	@Test
	void closeWhenStreamsAreOpenEndsThemCleanlyAndWithoutWaiting() throws Exception {
		InputStream stream = open();
		CompletableFuture<String> rest = CompletableFuture.supplyAsync(() -> readAll(stream));
		long before = System.nanoTime();
		this.context.close();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SHUTDOWN_TIMEOUT.dividedBy(4));
		assertThat(rest.get(5, TimeUnit.SECONDS)).isEmpty();
	}

	@Test
	void openStreamIsNotCountedAsInFlight() throws Exception {
		open();
		await().atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(this.context.getBean(HealthInstance.class).traffic().requests().inFlight())
				.isZero());
	}

	@Test
	void drainWhenStreamIsOpenDoesNotWaitForIt() throws Exception {
		open();
		DrainController drain = this.context.getBean(HealthInstance.class).drain();
		drain.begin(DrainTrigger.API);
		await().atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(drain.progress()).extracting("outcome").isEqualTo(DrainOutcome.QUIESCED));
	}

	@Test
	void streamThatClientLeavesIsForgotten() throws Exception {
		InputStream stream = open();
		OpenStreams streams = this.context.getBean(OpenStreams.class);
		await().atMost(Duration.ofSeconds(5)).until(() -> streams.count() == 1);
		stream.close();
		StreamingApplication.Streams controller = this.context.getBean(StreamingApplication.Streams.class);
		await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
			controller.send();
			assertThat(streams.count()).isZero();
		});
	}

	private InputStream open() throws Exception {
		URI uri = URI
			.create("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port") + "/");
		HttpResponse<InputStream> response = this.client.send(HttpRequest.newBuilder(uri).build(),
				HttpResponse.BodyHandlers.ofInputStream());
		byte[] first = response.body().readNBytes("data:hello\n\n".length());
		assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("data:hello\n\n");
		return response.body();
	}

	private static String readAll(InputStream stream) {
		try {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return "cut off: " + ex;
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	@Import(StreamingApplication.Streams.class)
	static class StreamingApplication {

		@RestController
		static class Streams {

			private final List<SseEmitter> emitters = new CopyOnWriteArrayList<>();

			@GetMapping("/")
			SseEmitter stream() throws IOException {
				SseEmitter emitter = new SseEmitter(0L);
				this.emitters.add(emitter);
				emitter.send("hello");
				return emitter;
			}

			void send() {
				this.emitters.removeIf((emitter) -> !accepts(emitter));
			}

			private static boolean accepts(SseEmitter emitter) {
				try {
					emitter.send("again");
					return true;
				}
				catch (IOException | IllegalStateException ex) {
					return false;
				}
			}

		}

	}

}
