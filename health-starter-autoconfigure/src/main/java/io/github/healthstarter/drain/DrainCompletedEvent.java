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

/**
 * Published in the application context when the waiting of a drain is over, before the
 * context is closed. Every drain that is undone ends with one whose outcome is
 * {@link DrainOutcome#CANCELLED}: where the waiting had been over already that is its
 * second.
 *
 * @param summary what came of it
 */
public record DrainCompletedEvent(DrainSummary summary) {

}
