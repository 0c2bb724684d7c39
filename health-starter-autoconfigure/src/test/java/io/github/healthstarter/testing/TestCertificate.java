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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server's certificate, signed by itself, with its private key.
 */
public final class TestCertificate {

	/**
	 * Opens the key store and the key in it.
	 */
	public static final String PASSWORD = "secret";

	private static final String ALIAS = "server";

	private final Path file;

	private final KeyStore store;

	private TestCertificate(Path file, KeyStore store) {
		this.file = file;
		this.store = store;
	}

	/**
	 * Makes a certificate.
	 * @param directory where its key store is written
	 * @param name the name of the file, without its ending
	 * @return the certificate
	 */
	public static TestCertificate create(Path directory, String name) {
		return create(directory, name, "EC");
	}

	/**
	 * Makes a certificate.
	 * @param directory where its key store is written
	 * @param name the name of the file, without its ending
	 * @param algorithm that of its key: EC or RSA
	 * @return the certificate
	 */
	public static TestCertificate create(Path directory, String name, String algorithm) {
		Path file = directory.resolve(name + ".p12");
		try {
			Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-genkeypair", "-keyalg", algorithm, "-alias", ALIAS, "-dname", "CN=localhost", "-ext",
					"SAN=DNS:localhost,IP:127.0.0.1", "-storetype", "PKCS12", "-keystore", file.toString(),
					"-storepass", PASSWORD)
				.inheritIO()
				.start();
			if (keytool.waitFor() != 0) {
				throw new IllegalStateException("keytool failed");
			}
			return new TestCertificate(file, KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the key store.
	 * @return its file
	 */
	public Path file() {
		return this.file;
	}

	/**
	 * Writes the certificate and its key to one file of text.
	 * @param file the file
	 * @return the file
	 */
	public Path writePem(Path file) {
		return writePem(file, this);
	}

	/**
	 * Writes the certificate and a key to one file of text.
	 * @param file the file
	 * @param owner whose key
	 * @return the file
	 */
	public Path writePem(Path file, TestCertificate owner) {
		try {
			String key = pem("PRIVATE KEY", owner.store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
			String certificate = pem("CERTIFICATE", this.store.getCertificate(ALIAS).getEncoded());
			return Files.writeString(file, key + certificate);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String pem(String type, byte[] content) {
		Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
		return "-----BEGIN " + type + "-----\n" + encoder.encodeToString(content) + "\n-----END " + type + "-----\n";
	}

	/**
	 * Returns what encrypts a server's connections with the certificate, and trusts no
	 * other as a client.
	 * @return the context
	 */
	public SSLContext context() {
		try {
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(this.store, PASSWORD.toCharArray());
			KeyStore trusted = KeyStore.getInstance("PKCS12");
			trusted.load(null, null);
			trusted.setCertificateEntry(ALIAS, this.store.getCertificate(ALIAS));
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(trusted);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
			return context;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes what encrypts one connection of a server.
	 * @return the engine
	 */
	public SSLEngine engine() {
		SSLEngine engine = context().createSSLEngine();
		engine.setUseClientMode(false);
		return engine;
	}

}
