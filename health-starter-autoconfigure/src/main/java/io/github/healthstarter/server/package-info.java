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
 * The probe server: an HTTP/1.1 listener of its own for the HTTP contract, which knows
 * neither the application nor its context. One thread does all input and output, and
 * nothing that it runs blocks; handshakes and answers that may take their time are
 * computed elsewhere. Everything that clients can make grow is bounded: connections,
 * headers, bodies, what is read of a connection in a turn, the time that a request takes
 * to arrive and an answer to be taken. Internal to the starter.
 */
@NullMarked
package io.github.healthstarter.server;

import org.jspecify.annotations.NullMarked;
