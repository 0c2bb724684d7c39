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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.jspecify.annotations.Nullable;

/**
 * Class loader that does not see some of the tests' libraries. It links the starter's
 * classes anew, without them, and shares all other classes with the tests.
 */
public final class HiddenLibraries extends ClassLoader {

	private static final String OWN = "io.github.healthstarter.";

	// Which files are in a library, for all tests of this process
	private static final ConcurrentHashMap<File, Set<String>> CONTENTS = new ConcurrentHashMap<>();

	static {
		registerAsParallelCapable();
	}

	private final List<File> hidden;

	private HiddenLibraries(List<File> hidden) {
		super(HiddenLibraries.class.getClassLoader());
		this.hidden = hidden;
	}

	/**
	 * Hides libraries.
	 * @param libraries how the names of their files begin
	 * @return a class loader that sees all others
	 */
	public static HiddenLibraries of(List<String> libraries) {
		return new HiddenLibraries(Arrays
			.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
				.split(File.pathSeparator))
			.map(File::new)
			.filter((entry) -> entry.getName().endsWith(".jar"))
			.filter((entry) -> libraries.stream().anyMatch(entry.getName()::startsWith))
			.toList());
	}

	/**
	 * Tells whether a type can be loaded.
	 * @param name its name
	 * @return {@code false} if its library is hidden
	 */
	public boolean has(String name) {
		return getResource(file(name)) != null;
	}

	/**
	 * Calls a static method of a class that is linked anew.
	 * @param type the class
	 * @param method a method that takes an array of strings
	 * @param arguments the strings
	 * @return what the method returns
	 */
	public Object call(Class<?> type, String method, String... arguments) {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(this);
		try {
			Method relinked = loadClass(type.getName()).getDeclaredMethod(method, String[].class);
			relinked.setAccessible(true);
			return relinked.invoke(null, (Object) arguments);
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
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (isInHiddenLibrary(file(name)) && getResource(file(name)) == null) {
			throw new ClassNotFoundException(name);
		}
		if (!name.startsWith(OWN)) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : link(name);
		}
	}

	private Class<?> link(String name) throws ClassNotFoundException {
		String file = file(name);
		URL url = getParent().getResource(file);
		if (url == null) {
			throw new ClassNotFoundException(name);
		}
		try (InputStream stream = url.openStream()) {
			byte[] bytes = stream.readAllBytes();
			CodeSource source = new CodeSource(url, (Certificate[]) null);
			return defineClass(name, bytes, 0, bytes.length, new ProtectionDomain(source, null));
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(name, ex);
		}
	}

	@Override
	public @Nullable URL getResource(String name) {
		return isInHiddenLibrary(name) ? visible(name).findFirst().orElse(null) : super.getResource(name);
	}

	@Override
	public Enumeration<URL> getResources(String name) throws IOException {
		return isInHiddenLibrary(name) ? Collections.enumeration(visible(name).toList()) : super.getResources(name);
	}

	private boolean isInHiddenLibrary(String file) {
		return this.hidden.stream().anyMatch((library) -> contents(library).contains(file));
	}

	// Some files are in two libraries: the API of servlets is in that of Tomcat as well
	private Stream<URL> visible(String file) {
		try {
			return Collections.list(super.getResources(file)).stream().filter((url) -> !isOfHiddenLibrary(url));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isOfHiddenLibrary(URL url) {
		return this.hidden.stream().anyMatch((library) -> url.toString().contains(library.getName() + "!/"));
	}

	private static Set<String> contents(File library) {
		return CONTENTS.computeIfAbsent(library, HiddenLibraries::read);
	}

	private static Set<String> read(File library) {
		try (JarFile jar = new JarFile(library)) {
			return jar.stream().map(ZipEntry::getName).collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String file(String type) {
		return type.replace('.', '/') + ".class";
	}

}
