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

import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

import io.github.healthstarter.time.Scheduler;
import io.github.healthstarter.time.TimeSource;

/**
 * A thread for each run, from a factory. A run counts as begun once its thread has been
 * started, so that one whose thread is held is one that hangs.
 *
 * @param factories returns the factory of a check's threads, by its name
 */
public record FactoryThreads(Function<String, ThreadFactory> factories) implements CheckThreads {

	/**
	 * Create an engine without any checks.
	 * @param scheduler collects the results; closed with the engine
	 * @param time the time source
	 * @param factories returns the factory of a check's threads, by its name
	 * @return the engine
	 */
	public static CheckEngine engine(Scheduler scheduler, TimeSource time, Function<String, ThreadFactory> factories) {
		return new CheckEngine(scheduler, time, new FactoryThreads(factories));
	}

	@Override
	public Started start(String check, Runnable run) {
		Thread thread = this.factories.apply(check).newThread(run);
		if (run instanceof CheckCall call) {
			call.begin();
		}
		thread.start();
		return thread::interrupt;
	}

}
