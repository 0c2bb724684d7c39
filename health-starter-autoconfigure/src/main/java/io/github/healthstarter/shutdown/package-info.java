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
 * From a signal to the end of the process. Internal to the starter. The types, in the
 * order in which they act:
 * <ol>
 * <li>{@code SignalRelay} receives SIGTERM or SIGINT, before the JVM runs any shutdown
 * hook. {@link ShutdownSignals} has added the drain of the instance to it, and
 * {@link StartingApplication} an application whose context is still being built.</li>
 * <li>{@link ShutdownDeadline} begins to count if a grace period is configured. Just
 * before the end of that period it logs what still runs, and halts the process.</li>
 * <li>Each {@link StartingApplication} is aborted: its instance is stopping, and the
 * process is halted unless the context has been built in time.</li>
 * <li>Each {@code DrainController} drains, and {@code SignalRelay} waits for all of them.
 * A second signal ends the wait, a third halts the process.</li>
 * <li>{@code SignalRelay} calls the previous handler of the signal, that of the JVM,
 * which runs the shutdown hooks. That of Spring Boot closes the application
 * contexts.</li>
 * <li>{@link DrainBeforeClose} is the first listener of the close. It drains a context
 * that is closed without a signal, marks the instance as stopping, and waits for the last
 * log lines and events.</li>
 * <li>{@link ShutdownReport} is the second listener and notes the time. When the web
 * server has waited for the requests in flight, it logs the summary and writes the
 * termination message.</li>
 * <li>Spring destroys the beans, the instance and its probe server last, and the JVM
 * exits.</li>
 * </ol>
 */
@NullMarked
package io.github.healthstarter.shutdown;

import org.jspecify.annotations.NullMarked;
