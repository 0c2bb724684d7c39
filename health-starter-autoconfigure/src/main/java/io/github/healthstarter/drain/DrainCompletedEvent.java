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
 * Event published in the application context when the wait of a drain is over, before the
 * context is closed. Every drain that is undone ends with one whose outcome is
 * {@link DrainOutcome#CANCELLED}; if the wait was over already, it is the second event of
 * that drain.
 *
 * @param summary the result of the drain
 */
public record DrainCompletedEvent(DrainSummary summary) {

}
