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

package io.github.healthstarter.autoconfigure.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.context.event.EventListener;

import io.github.healthstarter.autoconfigure.check.CheckDiscovery;
import io.github.healthstarter.check.CheckCustomizer;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.reload.ReloadRequestedEvent;
import io.github.healthstarter.reload.ReloadResult;
import io.github.healthstarter.reload.ReloadTrigger;
import io.github.healthstarter.reload.Reloader;
import io.github.healthstarter.testing.EnableWithoutDependencies;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.HttpContract;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a running application takes up what has changed in its configuration files.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigurationReloadTests {

	@TempDir
	private Path directory;

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() throws IOException {
		write("""
				health:
				  check-defaults: {interval: 1h, retry-interval: 1h}
				  checks:
				    quota: {impact: degrading, timeout: 3s}
				  access: {trusted: [10.1.0.0/16]}
				""");
		Files.writeString(this.directory.resolve("application-east.yml"), "health.checks.pool.impact: degrading");
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.properties("health.checks.pool.failure-threshold=7")
			.run("--spring.config.location=file:" + this.directory + "/", "--spring.profiles.active=east",
					"--health.server.port=0", "--health.kubernetes.termination-grace-period=60s",
					"--health.checks.quota.failure-threshold=4", "--spring.main.banner-mode=off");
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> runs("quota") == 1 && runs("pool") == 1);
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void checksTakeUpTheirPolicies() throws IOException {
		assertThat(policy("quota").impact()).isEqualTo(Impact.DEGRADING);
		write("""
				health:
				  check-defaults: {interval: 1h, timeout: 9s}
				  checks:
				    quota: {impact: required}
				""");
		Files.writeString(this.directory.resolve("application-east.yml"), "health.checks.pool.impact: required");
		assertThat(reload().failure()).isNull();
		assertThat(policy("quota")).satisfies((policy) -> {
			assertThat(policy.impact()).isEqualTo(Impact.REQUIRED);
			assertThat(policy.timeout()).isEqualTo(Duration.ofSeconds(9));
			assertThat(policy.failureThreshold()).as("the command line goes before files").isEqualTo(4);
		});
		assertThat(policy("pool")).satisfies((policy) -> {
			assertThat(policy.impact()).as("in the file of a profile").isEqualTo(Impact.REQUIRED);
			assertThat(policy.failureThreshold()).as("a default").isEqualTo(7);
			assertThat(policy.successThreshold()).as("below files").isEqualTo(6);
		});
	}

	@Test
	void checkIsTurnedOffAndOnAgain() throws IOException {
		write("health.checks.quota.enabled: false");
		assertThat(reload().failure()).isNull();
		assertThat(find("quota")).isNull();
		write("health.checks.quota.enabled: true");
		assertThat(reload().failure()).isNull();
		assertThat(find("quota")).isNotNull();
		// Its own first run may be over before the reload asks all checks
		assertThat(runs("quota")).isBetween(2, 3);
	}

	@Test
	void allChecksAreAskedAndTheEventIsPublished() {
		assertThat(reload().failure()).isNull();
		assertThat(runs("quota")).isEqualTo(2);
		assertThat(runs("pool")).isEqualTo(2);
		assertThat(this.context.getBean(Application.class).events)
			.containsExactly(new ReloadRequestedEvent(ReloadTrigger.ACTUATOR));
	}

	@Test
	void accessAndDrainAreTakenUp() throws IOException {
		AccessPolicy access = this.context.getBean(HttpContract.class).access();
		assertThat(access.trustsPeer("10.1.2.3")).isTrue();
		write("""
				health:
				  access: {trusted: [10.2.0.0/16], allow: [10.0.0.0/8]}
				  drain: {min-wait: 1h, max-wait: 2h}
				""");
		assertThat(reload().failure()).isNull();
		assertThat(access.trustsPeer("10.1.2.3")).isFalse();
		assertThat(access.trustsPeer("10.2.2.3")).isTrue();
		assertThat(access.allowsPeer("192.0.2.1")).isFalse();
		DrainController drain = this.context.getBean(HealthInstance.class).drain();
		drain.begin(DrainTrigger.API);
		assertThat(Objects.requireNonNull(drain.progress()).waitingFor()).contains("min-wait");
		drain.endWaiting();
	}

	@Test
	void drainThatFitsNoMoreIsWarnedOf(CapturedOutput output) throws IOException {
		write("health.drain.envoy-headers: true");
		assertThat(reload().failure()).isNull();
		assertThat(output).doesNotContain("A shutdown may take");
		write("health.drain.max-wait: 2m");
		assertThat(reload().failure()).isNull();
		assertThat(output).contains("A shutdown may take 155s", "terminationGracePeriodSeconds: 155");
	}

	@Test
	void pathThatTakesARestartIsWarnedOf(CapturedOutput output) throws IOException {
		write("health.drain.pre-stop-path: /pre-stop");
		assertThat(reload().failure()).isNull();
		assertThat(output)
			.contains("'health.drain.pre-stop-path' has changed: it takes a restart, until then it is" + " not set");
		write("health.drain.max-wait: 9s");
		assertThat(reload().failure()).isNull();
		assertThat(output.getOut().split("has changed: it takes a restart", -1)).hasSize(2);
	}

	@Test
	void mistakeChangesNothingAndIsNamed() throws IOException {
		write("""
				health:
				  checks:
				    quota: {impact: required}
				  drain: {min-wait: 1m, max-wait: 10s}
				""");
		assertThat(reload().failure()).isEqualTo("Property 'health.drain.max-wait' with the value '10s' is below"
				+ " 'health.drain.min-wait' with the value '60s'. Raise 'health.drain.max-wait' to at least 60s or"
				+ " lower 'health.drain.min-wait'.");
		assertThat(policy("quota").impact()).isEqualTo(Impact.DEGRADING);
		assertThat(this.context.getBean(Application.class).events).isEmpty();
		write("health.checks.quota.impact: required");
		assertThat(reload().failure()).isNull();
		assertThat(policy("quota").impact()).isEqualTo(Impact.REQUIRED);
	}

	@Test
	void policyThatIsRefusedChangesNothing() throws IOException {
		AccessPolicy access = this.context.getBean(HttpContract.class).access();
		write("""
				health:
				  check-defaults: {timeout: 13s}
				  access: {trusted: [10.2.0.0/16]}
				""");
		assertThat(reload().failure())
			.contains("The check customizer 'superstition' returns an invalid policy for the check");
		assertThat(access.trustsPeer("10.1.2.3")).isTrue();
		CheckDiscovery discovery = this.context.getBean(CheckDiscovery.class);
		discovery.stop();
		discovery.start();
		assertThat(policy("quota").impact()).isEqualTo(Impact.DEGRADING);
	}

	@Test
	void fileThatCannotBeReadChangesNothing() throws IOException {
		write("health: {access: {token: secret}, checks: [");
		assertThat(reload().failure()).contains("while parsing a flow").contains("line 1").doesNotContain("secret");
		write("health.checks.quota.timeout: soon");
		assertThat(reload().failure()).contains("health.checks.quota.timeout").contains("soon");
		assertThat(policy("quota").impact()).isEqualTo(Impact.DEGRADING);
	}

	@Test
	void listenerThatThrowsMakesTheReloadFail() {
		this.context.getBean(Application.class).failing = true;
		assertThat(reload().failure()).contains("no reload today");
	}

	@Test
	void listenerThatThrowsKeepsNoCheckFromBeingAsked() {
		this.context.getBean(Application.class).failing = true;
		assertThat(reload().failure()).isNotNull();
		assertThat(runs("quota")).isEqualTo(2);
	}

	@Test
	void checksThatAreStartedAgainAreAsReloaded() throws IOException {
		write("health.checks.quota.enabled: false");
		CheckDiscovery discovery = this.context.getBean(CheckDiscovery.class);
		discovery.stop();
		assertThat(reload().failure()).isNull();
		discovery.start();
		assertThat(find("quota")).isNull();
		write("health.checks.pool.enabled: false");
		assertThat(reload().failure()).isNull();
		discovery.stop();
		discovery.start();
		assertThat(find("quota")).isNotNull();
		assertThat(find("pool")).isNull();
	}

	private ReloadResult reload() {
		return this.context.getBean(Reloader.class).request(ReloadTrigger.ACTUATOR).join();
	}

	private void write(String yaml) throws IOException {
		Files.writeString(this.directory.resolve("application.yml"), yaml);
	}

	private int runs(String check) {
		List<String> runs = this.context.getBean(Application.class).runs;
		synchronized (runs) {
			return (int) runs.stream().filter(check::equals).count();
		}
	}

	private CheckPolicy policy(String check) {
		return Objects.requireNonNull(find(check)).policy();
	}

	private CheckState find(String check) {
		return this.context.getBean(HealthInstance.class).checks().snapshot().find(check);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWithoutDependencies
	@PropertySource("classpath:reload/below-files.properties")
	static class Application {

		private final List<String> runs = Collections.synchronizedList(new ArrayList<>());

		private final List<ReloadRequestedEvent> events = new ArrayList<>();

		private volatile boolean failing;

		@Bean
		HealthIndicator quotaHealthIndicator() {
			return () -> run("quota");
		}

		@Bean
		HealthIndicator poolHealthIndicator() {
			return () -> run("pool");
		}

		@Bean
		CheckCustomizer superstition() {
			return (name, policy) -> (policy.timeout().toSeconds() != 13) ? policy : policy.withTimeout(Duration.ZERO);
		}

		private Health run(String check) {
			this.runs.add(check);
			return Health.up().build();
		}

		@EventListener
		void onReload(ReloadRequestedEvent event) {
			this.events.add(event);
			if (this.failing) {
				throw new IllegalStateException("no reload today");
			}
		}

	}

}
