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

package io.github.healthstarter.indicator.contributor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContributorChecks}.
 */
class ContributorChecksTests {

	private final HealthIndicator up = () -> Health.up().build();

	private final ReactiveHealthIndicator reactive = () -> Mono.just(Health.up().withDetail("waited", true).build());

	@Test
	void indicatorIsACandidateAsItIs() {
		assertThat(candidates(Map.of("kafka", this.up))).singleElement().satisfies((candidate) -> {
			assertThat(candidate.name()).isEqualTo("kafka");
			assertThat(candidate.impact()).isEqualTo(Impact.INFORMATIONAL);
			assertThat(candidate.indicator().apply(CheckPolicy.DEFAULT)).isSameAs(this.up);
		});
	}

	@Test
	void reactiveIndicatorIsACandidateThatIsWaitedFor() {
		assertThat(reactiveCandidates(Map.of("mongo", this.reactive))).singleElement().satisfies((candidate) -> {
			assertThat(candidate.name()).isEqualTo("mongo");
			assertThat(candidate.impact()).isEqualTo(Impact.INFORMATIONAL);
			Health health = candidate.indicator().apply(CheckPolicy.DEFAULT).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("waited", true);
		});
	}

	@Test
	void indicatorsOfCompositesAreCandidates() {
		CompositeHealthContributor inner = CompositeHealthContributor.fromMap(Map.of("c", this.up));
		assertThat(candidates(Map.of("a", CompositeHealthContributor.fromMap(Map.of("b", inner, "d", this.up)))))
			.extracting(CheckCandidate::name)
			.containsExactlyInAnyOrder("a-b-c", "a-d");
	}

	@Test
	void indicatorsOfReactiveCompositesAreCandidates() {
		CompositeReactiveHealthContributor inner = CompositeReactiveHealthContributor
			.fromMap(Map.of("c", this.reactive));
		assertThat(reactiveCandidates(
				Map.of("a", CompositeReactiveHealthContributor.fromMap(Map.of("b", inner, "d", this.reactive)))))
			.extracting(CheckCandidate::name)
			.containsExactlyInAnyOrder("a-b-c", "a-d");
	}

	@Test
	void supersededContributorsAreLeftOutWithAllTheyContain() {
		CompositeHealthContributor many = CompositeHealthContributor.fromMap(Map.of("a", this.up));
		CompositeReactiveHealthContributor manyReactive = CompositeReactiveHealthContributor
			.fromMap(Map.of("a", this.reactive));
		assertThat(
				ContributorChecks
					.of(CompositeHealthContributor.fromMap(Map.of("one", this.up, "many", many)),
							CompositeReactiveHealthContributor
								.fromMap(Map.of("other", this.reactive, "manyReactive", manyReactive)),
							(contributor) -> contributor == many || contributor == manyReactive)
					.candidates())
			.extracting(CheckCandidate::name)
			.containsExactly("one", "other");
	}

	@Test
	void compositeThatCannotBeReadIsAFailedCheckAndHidesNoOther() {
		Map<String, HealthContributor> contributors = new LinkedHashMap<>();
		contributors.put("broken", new BrokenComposite());
		contributors.put("kafka", this.up);
		List<CheckCandidate> candidates = candidates(contributors);
		assertThat(candidates).extracting(CheckCandidate::name).containsExactly("broken", "kafka");
		Health health = candidates.get(0).indicator().apply(CheckPolicy.DEFAULT).health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("error", "java.lang.NoClassDefFoundError: com/example/Part");
		assertThat(candidates(contributors).get(0).isSameDependency(candidates.get(0))).isTrue();
	}

	@Test
	void compositeThatCannotBeReadHidesNoneOfItsSiblingsInAComposite() {
		Map<String, HealthContributor> parts = new LinkedHashMap<>();
		parts.put("orders", this.up);
		parts.put("broken", new BrokenComposite());
		parts.put("mail", this.up);
		assertThat(candidates(Map.of("all", CompositeHealthContributor.fromMap(parts))))
			.extracting(CheckCandidate::name)
			.containsExactlyInAnyOrder("all-orders", "all-broken", "all-mail");
	}

	@Test
	void nothingIsACandidateWithoutContributors() {
		assertThat(ContributorChecks.of(null, null, (contributor) -> false).candidates()).isEmpty();
	}

	private static List<CheckCandidate> candidates(Map<String, HealthContributor> contributors) {
		return ContributorChecks.of(CompositeHealthContributor.fromMap(contributors), null, (contributor) -> false)
			.candidates();
	}

	private static List<CheckCandidate> reactiveCandidates(Map<String, ReactiveHealthContributor> contributors) {
		return ContributorChecks
			.of(null, CompositeReactiveHealthContributor.fromMap(contributors), (contributor) -> false)
			.candidates();
	}

	private static final class BrokenComposite implements CompositeHealthContributor {

		@Override
		public @Nullable HealthContributor getContributor(String name) {
			return null;
		}

		@Override
		public Stream<Entry> stream() {
			throw new NoClassDefFoundError("com/example/Part");
		}

	}

}
