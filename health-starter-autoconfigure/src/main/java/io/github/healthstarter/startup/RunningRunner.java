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

package io.github.healthstarter.startup;

import org.jspecify.annotations.Nullable;

/**
 * Finds the runner or ready listener that a start is waiting for, in the stack of the
 * thread that starts the application. A bean's name would say more, but what runs may be
 * a lambda, a method of any bean or a listener that is no bean at all.
 */
final class RunningRunner {

	private static final String APPLICATION = "org.springframework.boot.SpringApplication";

	private RunningRunner() {
	}

	/**
	 * Return the name of what runs.
	 * @param stack the stack, its top first
	 * @return the class and method that the application calls, or the framework's if none
	 * is the application's own; {@code null} if no application is being started
	 */
	static @Nullable String find(StackTraceElement[] stack) {
		String outermost = null;
		String own = null;
		for (StackTraceElement frame : stack) {
			String type = frame.getClassName();
			if (type.startsWith(APPLICATION)) {
				return (own != null) ? own : (outermost != null) ? outermost : name(frame);
			}
			if (!isOfPlatform(type)) {
				outermost = name(frame);
				own = (type.startsWith("org.springframework.") || type.contains("$$")) ? own : outermost;
			}
		}
		return null;
	}

	private static boolean isOfPlatform(String type) {
		return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
	}

	private static String name(StackTraceElement frame) {
		return frame.getClassName() + "." + frame.getMethodName();
	}

}
