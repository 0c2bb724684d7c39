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

package io.github.healthstarter.check;

import java.util.List;

/**
 * Finds dependencies that can be checked.
 */
@FunctionalInterface
public interface CheckSource {

	/**
	 * Return the dependencies that are there now. Called when checks begin, at each
	 * interval while they run, and after a failure of one of them: a check follows its
	 * dependency as it comes and goes. Called from any thread; cheap, and without
	 * connecting to anything. If a later source names the same dependency as an earlier
	 * one, its indicator is used with the earlier one's impact.
	 * @return the candidates, in a stable order
	 */
	List<CheckCandidate> candidates();

}
