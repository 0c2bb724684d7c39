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

package io.github.healthstarter.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tests' class path without some of its libraries, as if they had never been there,
 * or with one more.
 */
public final class RestrictedClassPath implements AutoCloseable {

	private final URLClassLoader classLoader;

	private RestrictedClassPath(URL[] urls) {
		this.classLoader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
	}

	/**
	 * Leaves libraries out.
	 * @param libraries how the names of their files begin
	 * @return what remains
	 */
	public static RestrictedClassPath without(List<String> libraries) {
		return new RestrictedClassPath(entriesWithout(libraries).map(RestrictedClassPath::url).toArray(URL[]::new));
	}

	/**
	 * Adds a library.
	 * @param library its file
	 * @return the class path with it
	 */
	public static RestrictedClassPath with(Path library) {
		return new RestrictedClassPath(Stream.concat(entriesWithout(List.of()), Stream.of(library))
			.map(RestrictedClassPath::url)
			.toArray(URL[]::new));
	}

	private static Stream<Path> entriesWithout(List<String> libraries) {
		String[] entries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
			.split(File.pathSeparator);
		return Arrays.stream(entries)
			.map(Path::of)
			.filter((entry) -> libraries.stream().noneMatch(entry.getFileName().toString()::startsWith));
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Tells whether a type can be loaded.
	 * @param name its name
	 * @return {@code false} where its library is left out
	 */
	public boolean has(String name) {
		return this.classLoader.getResource(name.replace('.', '/') + ".class") != null;
	}

	/**
	 * Calls a static method of a class that is loaded anew.
	 * @param type the class
	 * @param method a method that takes an array of strings
	 * @param arguments the strings
	 * @return what the method returns
	 */
	public Object call(Class<?> type, String method, String... arguments) {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(this.classLoader);
		try {
			Method reloaded = this.classLoader.loadClass(type.getName()).getDeclaredMethod(method, String[].class);
			reloaded.setAccessible(true);
			return reloaded.invoke(null, (Object) arguments);
		}
		catch (InvocationTargetException ex) {
			throw new IllegalStateException(ex.getTargetException());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalArgumentException(ex);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	@Override
	public void close() {
		try {
			this.classLoader.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
