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

package io.github.healthstarter.traffic;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A summary of the application's own requests.
 *
 * @param inFlight the number of requests in flight
 * @param perSecond the number of those that have ended per second, over the last minute
 * @param mean their mean latency, {@code null} if there were none
 * @param p99 their 99th percentile, accurate to one part in 32, {@code null} if there
 * were none
 */
public record TrafficSummary(long inFlight, double perSecond, @Nullable Duration mean, @Nullable Duration p99) {

}
