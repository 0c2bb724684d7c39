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

package io.github.healthstarter.actuate;

import java.util.function.Supplier;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * A request to an endpoint, as it is read.
 */
final class EndpointRequest {

	private EndpointRequest() {
	}

	/**
	 * Read a request.
	 * @param <T> what is read
	 * @param reading reads it
	 * @return what has been read
	 * @throws InvalidEndpointRequestException saying what is wrong, so that the caller
	 * gets 400
	 */
	static <T> T read(Supplier<T> reading) {
		try {
			return reading.get();
		}
		catch (IllegalArgumentException ex) {
			String wrong = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(wrong, wrong);
		}
	}

}
