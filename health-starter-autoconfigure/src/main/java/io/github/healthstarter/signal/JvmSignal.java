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

package io.github.healthstarter.signal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * A signal whose handler has been replaced, through {@code sun.misc.Signal}. By
 * reflection, because a runtime image may lack its module, and because the compiler warns
 * of every mention.
 */
public final class JvmSignal {

	private static final String TYPE = "sun.misc.Signal";

	private static final String HANDLER_TYPE = "sun.misc.SignalHandler";

	private final Object signal;

	private final Object handler;

	private final Object previousHandler;

	private JvmSignal(Object signal, Object handler) throws ReflectiveOperationException {
		this.signal = signal;
		this.handler = handler;
		this.previousHandler = handle(signal, handler);
	}

	/**
	 * Replace the handler of a signal.
	 * @param name the signal's name without {@code SIG}
	 * @param handler called by the JVM on a new thread for each signal
	 * @return the replaced handler
	 * @throws UnsupportedOperationException if the JVM does not give the signal away
	 */
	public static JvmSignal replaceHandler(String name, Runnable handler) {
		try {
			return new JvmSignal(type(TYPE).getConstructor(String.class).newInstance(name), proxy(handler));
		}
		catch (ReflectiveOperationException ex) {
			throw new UnsupportedOperationException("No handler can be set for SIG" + name, ex);
		}
	}

	/**
	 * Whether the JVM leaves a signal to the operating system, which ends the process.
	 * @param refusal why no handler could be set
	 * @return {@code false} where the JVM handles it itself, and cannot be asked
	 */
	public static boolean isLeftToTheSystem(UnsupportedOperationException refusal) {
		return refusal.getCause() != null && refusal.getCause().getCause() instanceof IllegalArgumentException;
	}

	/**
	 * Do what would have been done without the replacement.
	 * @throws UnsupportedOperationException if only the operating system can do it
	 */
	public void callPreviousHandler() {
		try {
			Method handle = type(HANDLER_TYPE).getMethod("handle", type(TYPE));
			handle.invoke(this.previousHandler, this.signal);
		}
		catch (ReflectiveOperationException ex) {
			throw new UnsupportedOperationException("The previous handler cannot be called", ex);
		}
	}

	/**
	 * Undo the replacement, unless somebody else has replaced the handler in the
	 * meantime.
	 */
	public void restore() {
		try {
			Object current = handle(this.signal, this.previousHandler);
			if (current != this.handler) {
				handle(this.signal, current);
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("The previous handler cannot be restored", ex);
		}
	}

	private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
		try {
			return type(TYPE).getMethod("handle", type(TYPE), type(HANDLER_TYPE)).invoke(null, signal, handler);
		}
		catch (InvocationTargetException ex) {
			throw new ReflectiveOperationException(ex.getTargetException());
		}
	}

	private static Object proxy(Runnable handler) throws ReflectiveOperationException {
		InvocationHandler invocations = (proxy, method, arguments) -> switch (method.getName()) {
			case "equals" -> proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "handler of health-starter";
			default -> {
				handler.run();
				yield null;
			}
		};
		Class<?> type = type(HANDLER_TYPE);
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, invocations);
	}

	private static Class<?> type(String name) throws ClassNotFoundException {
		return Class.forName(name);
	}

}
