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

package io.github.healthstarter.autoconfigure.server;

import java.util.function.Supplier;

import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.ResourceLoader;

import io.github.healthstarter.autoconfigure.InvalidPropertyException;

/**
 * Reads the SSL bundle of the probe server from its properties, as Spring Boot does, with
 * and without a context. In PEM files, a certificate whose private key belongs to another
 * is always refused: each handshake would fail.
 */
final class ServerBundle {

	private static final String PROPERTY = "health.server.ssl.bundle";

	private ServerBundle() {
	}

	/**
	 * Read the bundle.
	 * @param name the name of the bundle
	 * @param environment where it is configured
	 * @return what encrypts connections with it
	 * @throws InvalidPropertyException if there is no such bundle, or it cannot be used
	 */
	static ServerEngines read(String name, Environment environment) {
		SslProperties.Bundles bundles = Binder.get(environment)
			.bindOrCreate("spring.ssl", SslProperties.class)
			.getBundle();
		ResourceLoader resources = ApplicationResourceLoader.get(new DefaultResourceLoader(), true);
		PemSslBundleProperties pem = bundles.getPem().get(name);
		if (pem != null) {
			PemSslBundleProperties.Store store = pem.getKeystore();
			store.setVerifyKeys(store.getCertificate() != null && store.getPrivateKey() != null);
			return engines(name, "pem", () -> PropertiesSslBundle.get(pem, resources));
		}
		JksSslBundleProperties jks = bundles.getJks().get(name);
		if (jks != null) {
			return engines(name, "jks", () -> PropertiesSslBundle.get(jks, resources));
		}
		throw new InvalidPropertyException(PROPERTY, name, "names no SSL bundle.",
				"Set 'spring.ssl.bundle.pem." + name + ".keystore.*' or 'spring.ssl.bundle.jks." + name
						+ ".keystore.*', or name a bundle that is there. The probe server is there before any bean, so"
						+ " its bundle has to be in the configuration.");
	}

	private static ServerEngines engines(String name, String type, Supplier<SslBundle> bundle) {
		try {
			return new ServerEngines(bundle.get());
		}
		catch (RuntimeException ex) {
			InvalidPropertyException failure = new InvalidPropertyException(PROPERTY, name,
					"names an SSL bundle that cannot be used: "
							+ NestedExceptionUtils.getMostSpecificCause(ex).getMessage() + ".",
					"Correct the properties under 'spring.ssl.bundle." + type + "." + name
							+ "', or what they lead to. The probe server needs a certificate and its private key.");
			failure.initCause(ex);
			throw failure;
		}
	}

}
