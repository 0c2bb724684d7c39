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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.NestedExceptionUtils;

/**
 * Lets the probe server encrypt with the bundle of the context, and with each that takes
 * its place when a certificate has been renewed. One that cannot be used is left out.
 */
final class SslBundleRenewal implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(SslBundleRenewal.class);

	private final @Nullable String name;

	private final ObjectProvider<ApplicationProbeServer> server;

	private final ObjectProvider<SslBundles> bundles;

	SslBundleRenewal(@Nullable String name, ObjectProvider<ApplicationProbeServer> server,
			ObjectProvider<SslBundles> bundles) {
		this.name = name;
		this.server = server;
		this.bundles = bundles;
	}

	@Override
	public void afterSingletonsInstantiated() {
		ApplicationProbeServer server = this.server.getIfAvailable();
		SslBundles bundles = this.bundles.getIfAvailable();
		if (this.name != null && server != null && bundles != null && bundles.getBundleNames().contains(this.name)) {
			server.encrypt(new ServerEngines(bundles.getBundle(this.name)));
			bundles.addBundleUpdateHandler(this.name, (bundle) -> renew(server, bundle));
		}
	}

	private void renew(ApplicationProbeServer server, SslBundle bundle) {
		try {
			server.encrypt(new ServerEngines(bundle));
		}
		catch (RuntimeException ex) {
			logger.warn("The probe server keeps its certificate, as the SSL bundle '" + this.name
					+ "' cannot be used as it is now: " + NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
	}

}
