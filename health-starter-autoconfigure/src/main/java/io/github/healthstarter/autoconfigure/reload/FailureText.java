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

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/**
 * Says what is wrong in the words that a start would fail with.
 */
final class FailureText {

	private final BeanFactory beanFactory;

	private final Environment environment;

	FailureText(BeanFactory beanFactory, Environment environment) {
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	String of(Throwable failure) {
		for (FailureAnalyzer analyzer : analyzers()) {
			FailureAnalysis analysis = analyze(analyzer, failure);
			if (analysis != null) {
				return (analysis.getAction() != null) ? analysis.getDescription() + " " + analysis.getAction()
						: analysis.getDescription();
			}
		}
		return withoutExcerpts(String.valueOf(failure));
	}

	// A parser of YAML quotes the lines that it does not understand, and there may be
	// secrets in them
	private static String withoutExcerpts(String text) {
		return text.lines().filter((line) -> !line.startsWith("    ")).collect(Collectors.joining("\n"));
	}

	private List<FailureAnalyzer> analyzers() {
		return SpringFactoriesLoader.forDefaultResourceLocation(getClass().getClassLoader())
			.load(FailureAnalyzer.class,
					ArgumentResolver.of(BeanFactory.class, this.beanFactory).and(Environment.class, this.environment),
					FailureHandler.handleMessage((message, failure) -> {
					}));
	}

	private static @Nullable FailureAnalysis analyze(FailureAnalyzer analyzer, Throwable failure) {
		try {
			return analyzer.analyze(failure);
		}
		catch (Throwable ex) {
			return null;
		}
	}

}
