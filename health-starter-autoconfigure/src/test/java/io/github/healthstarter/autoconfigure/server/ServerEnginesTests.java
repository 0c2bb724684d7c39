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

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;

import io.github.healthstarter.testing.TestCertificate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerEngines}.
 */
class ServerEnginesTests {

	@Test
	void sessionsThatAreRememberedAreBounded(@TempDir Path directory) throws Exception {
		KeyStore store = KeyStore.getInstance(TestCertificate.create(directory, "server").file().toFile(),
				TestCertificate.PASSWORD.toCharArray());
		SslStoreBundle stores = SslStoreBundle.of(store, TestCertificate.PASSWORD, null);
		Managers managers = new Managers(SslManagerBundle.from(stores, SslBundleKey.NONE));
		ServerEngines engines = new ServerEngines(
				SslBundle.of(stores, SslBundleKey.NONE, SslOptions.NONE, "TLS", managers));
		assertThat(engines.get().getUseClientMode()).isFalse();
		assertThat(managers.made.get().getServerSessionContext().getSessionCacheSize())
			.isEqualTo(ServerEngines.SESSIONS);
	}

	/**
	 * Keeps the context that is made.
	 */
	private static final class Managers implements SslManagerBundle {

		private final AtomicReference<SSLContext> made = new AtomicReference<>();

		private final SslManagerBundle managers;

		private Managers(SslManagerBundle managers) {
			this.managers = managers;
		}

		@Override
		public KeyManagerFactory getKeyManagerFactory() {
			return this.managers.getKeyManagerFactory();
		}

		@Override
		public TrustManagerFactory getTrustManagerFactory() {
			return this.managers.getTrustManagerFactory();
		}

		@Override
		public SSLContext createSslContext(String protocol) {
			this.made.set(this.managers.createSslContext(protocol));
			return this.made.get();
		}

	}

}
