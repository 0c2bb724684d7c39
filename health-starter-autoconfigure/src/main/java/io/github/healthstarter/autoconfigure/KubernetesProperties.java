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

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What Kubernetes, or another supervisor, has been told about the application.
 *
 * @param terminationGracePeriod How long the process may take to end once it has been
 * asked to, before it is killed. Held where it is set.
 */
public record KubernetesProperties(@DefaultValue("30s") Duration terminationGracePeriod) {

	static final KubernetesProperties DEFAULT = new KubernetesProperties(Duration.ofSeconds(30));

	public KubernetesProperties {
		PropertyRules.positive("health.kubernetes.termination-grace-period", terminationGracePeriod);
	}

}
