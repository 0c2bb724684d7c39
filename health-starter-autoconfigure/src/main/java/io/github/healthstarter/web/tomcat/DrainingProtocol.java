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

package io.github.healthstarter.web.tomcat;

import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.web.DrainHeaders;

/**
 * HTTP protocol of Tomcat that answers all requests while the instance is draining.
 * Created by Tomcat, by its name.
 */
public final class DrainingProtocol extends Http11NioProtocol {

	private volatile @Nullable DrainHeaders drainHeaders;

	/**
	 * Create the protocol.
	 */
	public DrainingProtocol() {
		super(new DrainingEndpoint());
	}

	/**
	 * Set the drain headers.
	 * @param drainHeaders knows whether the instance is draining
	 */
	public void setDrainHeaders(DrainHeaders drainHeaders) {
		this.drainHeaders = drainHeaders;
	}

	/**
	 * Pause, unless the instance is draining: the listener is closed next, and requests
	 * on connections are answered until those are closed, and not dropped.
	 */
	@Override
	public void pause() throws Exception {
		DrainHeaders drainHeaders = this.drainHeaders;
		if (drainHeaders == null || !drainHeaders.isDraining()) {
			super.pause();
		}
	}

}
