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

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ssl.SslBundles;

/**
 * Lets the probe server encrypt with the bundle of the context, and with each that takes
 * its place when a certificate has been renewed.
 */
final class SslBundleRenewal implements SmartInitializingSingleton {

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
			bundles.addBundleUpdateHandler(this.name, (bundle) -> server.encrypt(new ServerEngines(bundle)));
		}
	}

}
