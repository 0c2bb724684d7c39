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

package io.github.healthstarter.autoconfigure.check;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import io.github.healthstarter.autoconfigure.HealthProperties;
import io.github.healthstarter.autoconfigure.InvalidPropertyException;
import io.github.healthstarter.check.CheckCustomizer;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.instance.HealthInstance;
import io.github.healthstarter.testing.StarterContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link CheckCustomizer} beans.
 */
@ExtendWith(OutputCaptureExtension.class)
class CheckCustomizerTests {

	private final ApplicationContextRunner runner = StarterContext.runner()
		.withPropertyValues("management.health.ping.enabled=false")
		.withUserConfiguration(Indicators.class);

	@Test
	void codeTunesWhatHasBeenFound() {
		this.runner.withBean(CheckCustomizer.class,
				() -> (name,
						policy) -> "search".equals(name) ? policy.withImpact(Impact.REQUIRED)
							.withInterval(Duration.ofSeconds(30))
							.withRetryInterval(Duration.ofSeconds(3))
							.withTimeout(Duration.ofSeconds(4))
							.withFailureThreshold(3)
							.withSuccessThreshold(2)
							.withInterruptOnTimeout(false)
							.withFailOpenAfter(Duration.ofMinutes(9)) : policy)
			.run((context) -> {
				assertThat(policy(context, "search")).isEqualTo(new CheckPolicy(Impact.REQUIRED, Duration.ofSeconds(30),
						Duration.ofSeconds(3), Duration.ofSeconds(4), 3, 2, false, Duration.ofMinutes(9)));
				assertThat(policy(context, "mail").impact()).isEqualTo(Impact.INFORMATIONAL);
			});
	}

	@Test
	void propertiesOfTheCheckWinOverCodeAndDefaultsDoNot() {
		this.runner
			.withPropertyValues("health.check-defaults.timeout=8s", "health.check-defaults.interval=9s",
					"health.checks.search.impact=degrading")
			.withBean(CheckCustomizer.class,
					() -> (name, policy) -> policy.withImpact(Impact.REQUIRED)
						.withTimeout(policy.timeout().dividedBy(2)))
			.run((context) -> {
				assertThat(policy(context, "search").impact()).isEqualTo(Impact.DEGRADING);
				assertThat(policy(context, "mail").impact()).isEqualTo(Impact.REQUIRED);
				assertThat(policy(context, "search").timeout()).hasSeconds(4);
				assertThat(policy(context, "search").interval()).hasSeconds(9);
			});
	}

	@Test
	void intervalFollowsTheImpactUnlessCodeSetsIt() {
		this.runner.withBean(CheckCustomizer.class,
				() -> (name, policy) -> "search".equals(name)
						? policy.withImpact(Impact.REQUIRED).withInterval(Duration.ofMinutes(1))
						: policy.withImpact(Impact.REQUIRED))
			.run((context) -> {
				assertThat(policy(context, "search").interval()).hasMinutes(1);
				assertThat(policy(context, "mail").interval()).hasSeconds(5);
			});
	}

	@Test
	void codeTurnsACheckOffAndPropertiesTurnItOnAgain() {
		ApplicationContextRunner without = this.runner.withBean(CheckCustomizer.class, () -> (name, policy) -> null);
		without
			.run((context) -> assertThat(context.getBean(HealthInstance.class).checks().snapshot().states()).isEmpty());
		without.withPropertyValues("health.checks.mail.enabled=true", "health.checks.search.timeout=1s")
			.run((context) -> assertThat(context.getBean(HealthInstance.class).checks().snapshot().states())
				.extracting(CheckState::name)
				.containsExactly("mail"));
	}

	@Test
	void severalAreAskedInOrder() {
		this.runner.withUserConfiguration(Ordered.class)
			.run((context) -> assertThat(policy(context, "mail").failureThreshold()).isEqualTo(13));
	}

	@Test
	void customizerHoldsAcrossAReload() {
		this.runner
			.withBean(CheckCustomizer.class, () -> (name, policy) -> policy.withTimeout(policy.timeout().plusMillis(1)))
			.run((context) -> {
				assertThat(policy(context, "mail").timeout()).isEqualTo(Duration.ofMillis(2001));
				HealthProperties properties = new Binder(new MapConfigurationPropertySource(
						Map.of("health.checks.mail.impact", "degrading", "health.check-defaults.timeout", "5s")))
					.bindOrCreate("health", HealthProperties.class);
				context.getBean(CheckDiscovery.class).reconfigure(properties);
				await().untilAsserted(() -> assertThat(policy(context, "mail")).satisfies((policy) -> {
					assertThat(policy.impact()).isEqualTo(Impact.DEGRADING);
					assertThat(policy.timeout()).isEqualTo(Duration.ofMillis(5001));
				}));
			});
	}

	@Test
	void invalidPolicyIsRefusedNamingTheBean() {
		this.runner
			.withBean("impatient", CheckCustomizer.class, () -> (name, policy) -> policy.withTimeout(Duration.ZERO))
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(InvalidPropertyException.class.getName())
				.hasStackTraceContaining("The check customizer 'impatient' returns an invalid policy for the check"
						+ " 'mail': 'timeout' must be above zero but was PT0S."));
	}

	@Test
	void valueThatIsMissingIsRefusedNamingTheBean() {
		this.runner.withBean("careless", CheckCustomizer.class, () -> (name, policy) -> policy.withImpact(null))
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("The check customizer 'careless' returns an invalid policy for the check"
						+ " 'mail': 'impact' must not be null."));
		this.runner.withBean("careless", CheckCustomizer.class, () -> (name, policy) -> policy.withInterval(null))
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("'interval' must not be null."));
	}

	@Test
	void customizerThatThrowsIsLeftOutAndLoggedOnce(CapturedOutput output) {
		this.runner.withBean("broken", CheckCustomizer.class, () -> (name, policy) -> {
			throw new IllegalStateException("broken");
		}).run((context) -> {
			assertThat(policy(context, "mail")).isEqualTo(policy(context, "search"));
			assertThat(policy(context, "mail").impact()).isEqualTo(Impact.INFORMATIONAL);
		});
		assertThat(output).containsOnlyOnce("The check customizer 'broken' failed");
	}

	@Test
	void customizerThatEndsInAnErrorIsLeftOut(CapturedOutput output) {
		this.runner.withBean("recursive", CheckCustomizer.class, () -> (name, policy) -> {
			throw new StackOverflowError();
		}).run((context) -> assertThat(policy(context, "mail").impact()).isEqualTo(Impact.INFORMATIONAL));
		assertThat(output).containsOnlyOnce("The check customizer 'recursive' failed");
	}

	private static CheckPolicy policy(ApplicationContext context, String check) {
		return context.getBean(HealthInstance.class).checks().snapshot().find(check).policy();
	}

	@Configuration(proxyBeanMethods = false)
	static class Indicators {

		@Bean
		HealthIndicator mail() {
			return () -> Health.up().build();
		}

		@Bean
		HealthIndicator search() {
			return () -> Health.up().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Ordered {

		@Bean
		@Order(2)
		CheckCustomizer later() {
			return (name, policy) -> policy.withFailureThreshold(policy.failureThreshold() + 10);
		}

		@Bean
		@Order(1)
		CheckCustomizer earlier() {
			return (name, policy) -> policy.withFailureThreshold(3);
		}

	}

}
