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
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;

import static org.assertj.core.api.Assertions.assertThat;

class ContributorCheckSourceTests {

	private final HealthIndicator up = () -> Health.up().build();

	@Test
	void indicatorIsACandidateAsItIs() {
		assertThat(candidates(Map.of("kafka", this.up))).singleElement().satisfies((candidate) -> {
			assertThat(candidate.name()).isEqualTo("kafka");
			assertThat(candidate.impact()).isEqualTo(Impact.INFORMATIONAL);
			assertThat(candidate.indicator().apply(CheckPolicy.DEFAULT)).isSameAs(this.up);
		});
	}

	@Test
	void compositesAreTakenApart() {
		CompositeHealthContributor inner = CompositeHealthContributor.fromMap(Map.of("c", this.up));
		CompositeHealthContributor outer = CompositeHealthContributor.fromMap(Map.of("b", inner, "d", this.up));
		assertThat(candidates(Map.of("a", outer))).extracting(CheckCandidate::name)
			.containsExactlyInAnyOrder("a-b-c", "a-d");
	}

	@Test
	void whatIsSupersededIsLeftOutWithAllItIsComposedOf() {
		CompositeHealthContributor composite = CompositeHealthContributor.fromMap(Map.of("a", this.up));
		ContributorCheckSource source = new ContributorCheckSource(
				new Contributors(Map.of("one", this.up, "many", composite)), (contributor) -> contributor == composite);
		assertThat(source.candidates()).extracting(CheckCandidate::name).containsExactly("one");
	}

	private static List<CheckCandidate> candidates(Map<String, HealthContributor> contributors) {
		return new ContributorCheckSource(new Contributors(contributors), (contributor) -> false).candidates();
	}

	private record Contributors(Map<String, HealthContributor> contributors) implements HealthContributors {

		@Override
		public HealthContributor getContributor(String name) {
			return this.contributors.get(name);
		}

		@Override
		public Stream<HealthContributors.Entry> stream() {
			return this.contributors.entrySet()
				.stream()
				.map((entry) -> new HealthContributors.Entry(entry.getKey(), entry.getValue()));
		}

	}

}
