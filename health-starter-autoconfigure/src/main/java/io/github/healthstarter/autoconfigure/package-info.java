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

/**
 * What applications configure under {@code health}, and what they are told of mistakes.
 * <p>
 * The starter's auto-configurations come after all others
 * ({@link org.springframework.boot.autoconfigure.AutoConfigureOrder}): the conditions of
 * those then do not look through the starter's beans, and the starter gives way to the
 * beans of any of them. One whose own conditions ask for beans names who defines them as
 * well, because a further auto-configuration that comes after it pulls it forward.
 */
@NullMarked
package io.github.healthstarter.autoconfigure;

import org.jspecify.annotations.NullMarked;
