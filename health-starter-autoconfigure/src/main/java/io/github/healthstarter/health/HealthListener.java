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

package io.github.healthstarter.health;

/**
 * Is told when the state of the instance has changed. Called in the order of the changes,
 * one at a time, on a thread that others are told on as well. A bean of this type may
 * block: it then holds up other beans and events, but not the log.
 */
@FunctionalInterface
public interface HealthListener {

	/**
	 * Called after a change of state, or when startup is complete.
	 * @param before the snapshot before
	 * @param after the snapshot after
	 */
	void onChange(HealthSnapshot before, HealthSnapshot after);

	/**
	 * Return a listener that writes one log line for each change of state, and the stacks
	 * of the threads concerned where the process is broken.
	 * @return the log
	 */
	static HealthListener log() {
		return new HealthLog();
	}

}
