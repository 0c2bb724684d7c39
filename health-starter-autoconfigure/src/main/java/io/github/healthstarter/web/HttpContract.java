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

package io.github.healthstarter.web;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.health.Probe;
import io.github.healthstarter.instance.HealthInstance;

/**
 * The HTTP contract of one instance, the same on every server from the first request to
 * the last.
 *
 * @param routes the answers by path
 * @param access the policy of access
 * @param drainHeaders the headers that ask clients to move on while the instance is
 * draining
 */
public record HttpContract(Routes routes, AccessPolicy access, DrainHeaders drainHeaders) {

	/**
	 * Create the contract of an instance.
	 * @param instance the instance
	 * @param paths the paths of each probe, its main path first
	 * @param preStopPath the path on which a {@code GET} begins a drain, {@code null} for
	 * none
	 * @return the contract
	 */
	public static HttpContract of(HealthInstance instance, Map<Probe, List<String>> paths,
			@Nullable String preStopPath) {
		AccessPolicy access = new AccessPolicy(() -> instance.settings().access(), instance.notifications().logs());
		return new HttpContract(new Routes(paths, instance, access, preStopPath), access,
				new DrainHeaders(instance.lifecycle(), () -> instance.settings().envoyHeaders()));
	}

}
