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

package io.github.healthstarter.web;

import java.io.IOException;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What the HTTP contract needs to know of a request, whatever server has received it.
 */
public interface HttpRequest {

	/**
	 * Return the method.
	 * @return the method in upper case, as sent
	 */
	String method();

	/**
	 * Return the query as sent, without the question mark.
	 * @return the query, {@code null} where there is none
	 */
	@Nullable String query();

	/**
	 * Return the first value of a header.
	 * @param name the name, in any case
	 * @return the value, {@code null} where the request has no such header
	 */
	@Nullable String header(String name);

	/**
	 * Whether the request has a header whose name matches.
	 * @param name tells whether a name, as sent, matches
	 * @return {@code true} where one does
	 */
	boolean hasHeader(Predicate<String> name);

	/**
	 * Read the body.
	 * @param limit how many bytes are read at the most
	 * @return the body, cut off after the limit
	 * @throws IOException if the client stops sending
	 */
	byte[] body(int limit) throws IOException;

	/**
	 * Return the address of the peer.
	 * @return an address literal, empty where the peer has no address
	 */
	String remoteAddress();

	/**
	 * Whether the server has taken {@link #remoteAddress()} out of what the request says
	 * about itself, so that it proves nothing.
	 * @return {@code true} where a proxy's header has been applied
	 */
	boolean isAddressForwarded();

	/**
	 * Whether the caller proves to the application who it is, and has an authority there.
	 * May take its time.
	 * @param authority the authority
	 * @return {@code false} where the server does not know
	 */
	default boolean hasAuthority(String authority) {
		return false;
	}

	/**
	 * Whether the request has come in on the application's own port, which is open to
	 * whoever uses the application.
	 * @return {@code false} on a port that serves the HTTP contract alone
	 */
	boolean isOnMainPort();

}
