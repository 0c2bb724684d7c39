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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.body.DrainBody;
import io.github.healthstarter.drain.DrainController;
import io.github.healthstarter.drain.DrainOutcome;
import io.github.healthstarter.drain.DrainProgress;
import io.github.healthstarter.drain.DrainTrigger;
import io.github.healthstarter.health.HealthMonitor;
import io.github.healthstarter.instance.HealthInstance;

/**
 * Begins, cancels and shows drains for callers of HTTP.
 */
final class DrainCalls {

	private final DrainController drain;

	private final HealthMonitor health;

	/**
	 * Create the calls.
	 * @param instance the instance
	 */
	DrainCalls(HealthInstance instance) {
		this.drain = instance.drain();
		this.health = instance.health();
	}

	Duration maxWait() {
		return this.drain.maxWait();
	}

	HttpResponse look() {
		return answer(200, this.drain.progress());
	}

	/**
	 * Begin a drain or join the one that is under way.
	 * @param trigger what begins it
	 * @param limit how long to wait for the end of its waiting
	 * @return 200 if that is over, 202 if it lasts, 409 if there is no drain any more
	 */
	HttpResponse begin(DrainTrigger trigger, Duration limit) {
		DrainProgress progress = this.drain.begin(trigger, limit);
		return answer(status(progress), progress);
	}

	private static int status(@Nullable DrainProgress progress) {
		if (progress == null || progress.outcome() == DrainOutcome.CANCELLED) {
			return 409;
		}
		return (progress.outcome() == null) ? 202 : 200;
	}

	HttpResponse cancel() {
		boolean undone = this.drain.cancel();
		DrainProgress progress = this.drain.progress();
		return answer((undone || progress == null) ? 200 : 409, progress);
	}

	private HttpResponse answer(int status, @Nullable DrainProgress progress) {
		return HttpResponse.json(status, DrainBody.of(this.health.snapshot(), progress, true));
	}

}
