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

package io.github.healthstarter.drain;

import java.time.Instant;
import java.util.List;

/**
 * Event published in the application context when a drain has begun and readiness is off,
 * while schedulers, executors, listeners and pools still work. Events come in order, on
 * one thread that the drain does not wait for.
 *
 * @param trigger what began the drain
 * @param startedAt when
 * @param inFlight how many requests are under way
 * @param waitingFor what is waited for, in words
 */
public record DrainStartedEvent(DrainTrigger trigger, Instant startedAt, long inFlight, List<String> waitingFor) {

}
