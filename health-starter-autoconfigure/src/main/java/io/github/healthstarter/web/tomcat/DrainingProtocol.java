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

import io.github.healthstarter.web.Departure;

/**
 * Tomcat's HTTP protocol for an instance that goes away without leaving a request without
 * an answer. Created by Tomcat, by its name.
 */
public final class DrainingProtocol extends Http11NioProtocol {

	private volatile @Nullable Departure departure;

	/**
	 * Create the protocol.
	 */
	public DrainingProtocol() {
		super(new DrainingEndpoint());
	}

	/**
	 * Set what tells whether the instance is going away.
	 * @param departure tells it
	 */
	public void setDeparture(Departure departure) {
		this.departure = departure;
	}

	/**
	 * Pause, unless the instance is going away: the listener is closed next, and until
	 * connections are closed too, requests on them are answered and not dropped.
	 */
	@Override
	public void pause() throws Exception {
		Departure departure = this.departure;
		if (departure == null || !departure.isUnderWay()) {
			super.pause();
		}
	}

}
