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

package io.github.healthstarter.autoconfigure.indicator;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.healthstarter.check.CheckCandidate;
import io.github.healthstarter.check.CheckPolicy;
import io.github.healthstarter.check.Impact;
import io.github.healthstarter.testing.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link Dependencies}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DependenciesTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	private final ManualTime time = new ManualTime();

	private final Dependencies<Node> dependencies = new Dependencies<>(Node.class, this.beanFactory, Node::routing,
			this.time);

	private final AtomicInteger creations = new AtomicInteger();

	@Test
	void routingThatCannotBeReadIsCheckedItselfAndHidesNoOther() {
		register("orders", new Node());
		Node broken = register("tenants", new Node());
		broken.failure = new IllegalStateException("not resolved yet");
		assertThat(candidates()).extracting(CheckCandidate::name, CheckCandidate::dependency, CheckCandidate::impact)
			.containsExactly(tuple("orders", this.beanFactory.getBean("orders"), Impact.REQUIRED),
					tuple("tenants", broken, Impact.REQUIRED));
	}

	@Test
	void targetsAreKeptWhileTheyCannotBeRead(CapturedOutput output) {
		Node tenants = register("tenants", new Node());
		tenants.targets = Map.of("acme", new Node());
		List<Object> targets = candidates().stream().map(CheckCandidate::dependency).toList();
		for (RuntimeException failure : List.of(new ConcurrentModificationException(), new IllegalStateException("one"),
				new IllegalStateException("two"))) {
			tenants.failure = failure;
			assertThat(candidates()).extracting(CheckCandidate::dependency).isEqualTo(targets);
			assertThat(output.getOut().contains("Failed to read the targets of 'tenants'"))
				.isNotEqualTo(failure instanceof ConcurrentModificationException);
		}
		assertThat(output).containsOnlyOnce("Failed to read the targets of 'tenants'; checking those that it had");
	}

	@Test
	void keysOfTheSameTextAreSeveralChecks() {
		Node tenants = register("tenants", new Node());
		tenants.targets = new LinkedHashMap<>(Map.of(1, new Node()));
		tenants.targets.put("1", new Node());
		register("tenants-2", new Node());
		tenants.targets.put("2", new Node());
		assertThat(candidates()).extracting(CheckCandidate::name)
			.containsExactly("tenants-2", "tenants-1", "tenants-1-2", "tenants-2-2");
		assertThat(candidates()).extracting(CheckCandidate::dependency).doesNotHaveDuplicates();
	}

	@Test
	void beanThatCannotBeCreatedIsAFailedCheckAndHidesNoOther() {
		register("orders", new Node());
		registerLazy("broken", true);
		List<CheckCandidate> candidates = candidates();
		assertThat(candidates).extracting(CheckCandidate::name, CheckCandidate::impact)
			.containsExactlyInAnyOrder(tuple("orders", Impact.REQUIRED), tuple("broken", Impact.REQUIRED));
		Health health = find(candidates, "broken").indicator().apply(CheckPolicy.DEFAULT).health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat((String) health.getDetails().get("error")).contains("no driver");
	}

	@Test
	void creationThatHasFailedIsTriedAgainAMinuteLater() {
		registerLazy("broken", true);
		CheckCandidate first = find(candidates(), "single");
		this.time.advance(Beans.RETRY_AFTER.minusMillis(1));
		assertThat(find(candidates(), "single").isSameDependency(first)).isTrue();
		assertThat(this.creations).hasValue(1);
		this.time.advance(Duration.ofMillis(1));
		assertThat(find(candidates(), "single").isSameDependency(first)).isTrue();
		candidates();
		assertThat(this.creations).hasValue(2);
	}

	@Test
	void beanThatTheApplicationHasCreatedMeanwhileIsChecked() {
		registerLazy("broken", true);
		candidates();
		registerLazy("broken", false);
		assertThat(candidates()).extracting(CheckCandidate::dependency).noneMatch(Node.class::isInstance);
		Object bean = this.beanFactory.getBean("broken");
		assertThat(find(candidates(), "single").dependency()).isSameAs(bean);
	}

	@Test
	void beanThatIsNoCandidateForInjectionIsLeftOut() {
		RootBeanDefinition definition = new RootBeanDefinition(Node.class, Node::new);
		definition.setAutowireCandidate(false);
		this.beanFactory.registerBeanDefinition("hidden", definition);
		register("orders", new Node());
		assertThat(candidates()).extracting(CheckCandidate::name).containsExactly("single");
	}

	@Test
	void candidatesOfAContextThatIsClosedCannotBeRead() {
		RootBeanDefinition definition = new RootBeanDefinition(Node.class, () -> {
			throw new BeanCreationNotAllowedException("orders", "closed");
		});
		this.beanFactory.registerBeanDefinition("orders", definition);
		assertThatExceptionOfType(BeanCreationNotAllowedException.class).isThrownBy(this::candidates);
	}

	private Node register(String name, Node node) {
		this.beanFactory.registerSingleton(name, node);
		return node;
	}

	private void registerLazy(String name, boolean broken) {
		RootBeanDefinition definition = new RootBeanDefinition(Node.class, () -> {
			this.creations.incrementAndGet();
			if (broken) {
				throw new IllegalStateException("no driver");
			}
			return new Node();
		});
		definition.setLazyInit(true);
		this.beanFactory.registerBeanDefinition(name, definition);
	}

	private List<CheckCandidate> candidates() {
		return this.dependencies.candidates("single", (node, opens, timeout) -> () -> Health.up().build());
	}

	private static CheckCandidate find(List<CheckCandidate> candidates, String name) {
		return candidates.stream().filter((candidate) -> candidate.name().equals(name)).findFirst().orElseThrow();
	}

	/**
	 * A dependency that may route.
	 */
	private static final class Node {

		private Map<Object, Node> targets = Map.of();

		private RuntimeException failure;

		private Routing<Node> routing() {
			if (this.failure != null) {
				throw this.failure;
			}
			return this.targets.isEmpty() ? null : Routing.of(this.targets, null);
		}

	}

}
