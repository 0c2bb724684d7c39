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

package io.github.healthstarter.autoconfigure.liveness;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.healthstarter.autoconfigure.server.ProbeServerFactory;

/**
 * Matches if the threads of the web server may have to be watched: if that is switched
 * on, or if it is not switched off and there is to be a probe server. Ahead of time
 * neither is known.
 */
final class OnWebServerSignal extends SpringBootCondition {

	private static final String ENABLED = "health.liveness.signals.web-server.enabled";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Environment environment = context.getEnvironment();
		boolean otherwise = SpringProperties.getFlag(AbstractAotProcessor.AOT_PROCESSING)
				|| environment.containsProperty(ProbeServerFactory.PORT);
		Boolean enabled = Binder.get(environment).bind(ENABLED, Boolean.class).orElse(null);
		return new ConditionOutcome((enabled != null) ? enabled : otherwise,
				ConditionMessage.forCondition("web server signal").because("'" + ENABLED + "' is " + enabled));
	}

}
