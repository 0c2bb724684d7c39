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

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributors;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;

import static org.assertj.core.api.Assertions.assertThat;

class ReactiveContributorCheckSourceTests {

	private final ReactiveHealthIndicator up = () -> Mono.just(Health.up().withDetail("asked", true).build());

	@Test
	void indicatorIsACandidateThatIsWaitedFor() {
		assertThat(candidates(Map.of("mongo", this.up))).singleElement().satisfies((candidate) -> {
			assertThat(candidate.name()).isEqualTo("mongo");
			assertThat(candidate.impact()).isEqualTo(Impact.INFORMATIONAL);
			Health health = candidate.indicator().apply(CheckPolicy.DEFAULT).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("asked", true);
		});
	}

	@Test
	void compositesAreTakenApart() {
		CompositeReactiveHealthContributor inner = CompositeReactiveHealthContributor.fromMap(Map.of("c", this.up));
		CompositeReactiveHealthContributor outer = CompositeReactiveHealthContributor
			.fromMap(Map.of("b", inner, "d", this.up));
		assertThat(candidates(Map.of("a", outer))).extracting(CheckCandidate::name)
			.containsExactlyInAnyOrder("a-b-c", "a-d");
	}

	@Test
	void whatIsSupersededIsLeftOutWithAllItIsComposedOf() {
		CompositeReactiveHealthContributor composite = CompositeReactiveHealthContributor.fromMap(Map.of("a", this.up));
		ReactiveContributorCheckSource source = new ReactiveContributorCheckSource(
				new Contributors(Map.of("one", this.up, "many", composite)), (contributor) -> contributor == composite);
		assertThat(source.candidates()).extracting(CheckCandidate::name).containsExactly("one");
	}

	private static List<CheckCandidate> candidates(Map<String, ReactiveHealthContributor> contributors) {
		return new ReactiveContributorCheckSource(new Contributors(contributors), (contributor) -> false).candidates();
	}

	private record Contributors(
			Map<String, ReactiveHealthContributor> contributors) implements ReactiveHealthContributors {

		@Override
		public ReactiveHealthContributor getContributor(String name) {
			return this.contributors.get(name);
		}

		@Override
		public Stream<ReactiveHealthContributors.Entry> stream() {
			return this.contributors.entrySet()
				.stream()
				.map((entry) -> new ReactiveHealthContributors.Entry(entry.getKey(), entry.getValue()));
		}

	}

}
