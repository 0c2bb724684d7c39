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

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Makes what encrypts the connections of the probe server. Clients need no certificate,
 * and those that come back soon are known again: some of them, so that nobody can fill
 * the memory.
 */
final class ServerEngines implements Supplier<SSLEngine> {

	static final int SESSIONS = 512;

	private static final int SESSION_SECONDS = 600;

	private final SSLContext context;

	private final SslOptions options;

	/**
	 * Create it.
	 * @param bundle the certificate and what goes with it
	 * @throws IllegalStateException if there is no private key in it
	 * @throws IllegalArgumentException if its options are unknown here
	 */
	ServerEngines(SslBundle bundle) {
		if (!hasKey(bundle.getStores().getKeyStore())) {
			throw new IllegalStateException("There is no private key in it");
		}
		this.context = bundle.createSslContext();
		this.context.getServerSessionContext().setSessionCacheSize(SESSIONS);
		this.context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
		this.options = bundle.getOptions();
		get();
	}

	private static boolean hasKey(@Nullable KeyStore store) {
		try {
			if (store != null) {
				for (String alias : Collections.list(store.aliases())) {
					if (store.isKeyEntry(alias)) {
						return true;
					}
				}
			}
			return false;
		}
		catch (KeyStoreException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public SSLEngine get() {
		SSLEngine engine = this.context.createSSLEngine();
		engine.setUseClientMode(false);
		if (this.options.getCiphers() != null) {
			engine.setEnabledCipherSuites(this.options.getCiphers());
		}
		if (this.options.getEnabledProtocols() != null) {
			engine.setEnabledProtocols(this.options.getEnabledProtocols());
		}
		return engine;
	}

}
