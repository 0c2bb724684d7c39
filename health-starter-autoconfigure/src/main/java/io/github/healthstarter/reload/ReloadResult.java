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

package io.github.healthstarter.reload;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.healthstarter.text.TextLine;

/**
 * What came of a reload.
 *
 * @param trigger what has asked for it
 * @param took how long it took
 * @param failure why it has failed, {@code null} where it has not
 */
public record ReloadResult(ReloadTrigger trigger, Duration took, @Nullable String failure) {

	public ReloadResult {
		failure = (failure != null) ? TextLine.of(failure) : null;
	}

}
