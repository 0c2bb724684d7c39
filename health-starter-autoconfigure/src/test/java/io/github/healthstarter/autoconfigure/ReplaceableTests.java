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

package io.github.healthstarter.autoconfigure;

import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.ChildBeanDefinition;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.samples.petclinic.PetClinicTime;

import io.github.healthstarter.testing.StarterContext;
import io.github.healthstarter.time.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Replaceable}.
 */
class ReplaceableTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(Starter.class));

	@Test
	void isThereWhereTheApplicationHasNone() {
		this.runner.run((context) -> assertThat(context.getBean(Clock.class).name()).isEqualTo("starter's"));
	}

	@Test
	void givesWayToABeanOfItsType() {
		this.runner.withBean("own", Clock.class, () -> new Clock("own"))
			.run((context) -> assertThat(context).getBeanNames(Clock.class).containsExactly("own"));
	}

	@Test
	void givesWayToABeanOfASubtype() {
		this.runner.withUserConfiguration(Special.class)
			.run((context) -> assertThat(context).getBeanNames(Clock.class).containsExactly("special"));
	}

	@Test
	void givesWayToASingletonThatWasRegistered() {
		this.runner
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("registered", new Clock("own")))
			.run((context) -> assertThat(context).getBeanNames(Clock.class).containsExactly("registered"));
	}

	@Test
	void staysBesideABeanOfAnAncestor() {
		new ApplicationContextRunner().withBean("own", Clock.class, () -> new Clock("own"))
			.run((parent) -> this.runner.withParent(parent)
				.run((context) -> assertThat(context).getBeanNames(Clock.class).containsExactly("clock")));
	}

	@Test
	void givesWayToAScopedBeanOnce() {
		this.runner.withUserConfiguration(Scoped.class)
			.withInitializer((context) -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()))
			.run((context) -> assertThat(context).doesNotHaveBean("clock").hasBean("scopedTarget.scoped"));
	}

	@Test
	void staysBesideABeanThatIsNoCandidateForInjection() {
		this.runner.withUserConfiguration(NoCandidate.class)
			.run((context) -> assertThat(context).hasBean("clock").hasBean("hidden"));
	}

	@Test
	void makesNoFactoryBeanToTellTheTypeOfWhatItsProductMakes() {
		this.runner.withBean("factory", Factory.class).withInitializer((context) -> {
			define(context, "product", "factory");
			context.addBeanFactoryPostProcessor((beanFactory) -> assertThat(Factory.MADE).isFalse());
		}).run((context) -> assertThat(context).hasNotFailed().getBean("product").isEqualTo("made"));
	}

	@Test
	void bearsABeanWhoseFactoryIsNotDefinedYet() {
		this.runner.withInitializer((context) -> {
			define(context, "early", "late");
			context.addBeanFactoryPostProcessor(
					(beanFactory) -> beanFactory.registerSingleton("late", new StringJoiner("", "made", "")));
		}).run((context) -> assertThat(context).hasNotFailed().getBean("early").isEqualTo("made"));
	}

	@Test
	void givesWayToABeanWhoseParentNamesTheFactoryMethod() {
		this.runner.withInitializer((context) -> {
			define(context, "template", new RootBeanDefinition(), "make");
			ChildBeanDefinition own = new ChildBeanDefinition("template");
			own.setBeanClass(ClockMaker.class);
			((BeanDefinitionRegistry) context).registerBeanDefinition("own", own);
		}).run((context) -> assertThat(context).getBeanNames(Clock.class).containsExactly("own"));
	}

	@Test
	void staysBesideATemplateOfBeans() {
		this.runner.withInitializer((context) -> define(context, "template", new RootBeanDefinition(Clock.class), null))
			.run((context) -> assertThat(context).getBeanNames(Clock.class).containsExactly("clock"));
	}

	@Test
	void givesWayToABeanOfASpringSample() {
		StarterContext.runner()
			.withBean("own", PetClinicTime.class)
			.run((context) -> assertThat(context).getBeanNames(TimeSource.class).containsExactly("own"));
	}

	private static void define(ConfigurableApplicationContext context, String name, RootBeanDefinition template,
			@Nullable String factoryMethod) {
		template.setAbstract(true);
		template.setFactoryMethodName(factoryMethod);
		((BeanDefinitionRegistry) context).registerBeanDefinition(name, template);
	}

	private static void define(ConfigurableApplicationContext context, String name, String factory) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setFactoryBeanName(factory);
		definition.setFactoryMethodName("toString");
		((BeanDefinitionRegistry) context).registerBeanDefinition(name, definition);
	}

	/**
	 * Tells what it makes when it has been made.
	 */
	static class Factory implements FactoryBean<Object> {

		private static final AtomicBoolean MADE = new AtomicBoolean();

		Factory() {
			MADE.set(true);
		}

		@Override
		public Object getObject() {
			return new StringJoiner("", "made", "");
		}

		@Override
		public Class<?> getObjectType() {
			return StringJoiner.class;
		}

	}

	/**
	 * What is replaced.
	 */
	static class Clock {

		private final String name;

		Clock(String name) {
			this.name = name;
		}

		String name() {
			return this.name;
		}

	}

	/**
	 * Makes one.
	 */
	static final class ClockMaker {

		private ClockMaker() {
		}

		static Clock make() {
			return new Clock("made");
		}

	}

	/**
	 * A subtype of it.
	 */
	static final class SpecialClock extends Clock {

		SpecialClock() {
			super("special");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Starter {

		@Bean
		@Replaceable
		Clock clock() {
			return new Clock("starter's");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Special {

		@Bean
		SpecialClock special() {
			return new SpecialClock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ProxiedClock scoped() {
			return new ProxiedClock();
		}

	}

	/**
	 * Can be proxied.
	 */
	static class ProxiedClock extends Clock {

		ProxiedClock() {
			super("scoped");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoCandidate {

		@Bean(autowireCandidate = false)
		Clock hidden() {
			return new Clock("hidden");
		}

	}

}
