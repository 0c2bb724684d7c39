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

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A request, as far as the HTTP contract depends on it, on any server.
 */
public interface HttpRequest {

	/**
	 * Return the method.
	 * @return the method in upper case, as sent
	 */
	String method();

	/**
	 * Return the query as sent, without the question mark.
	 * @return the query, {@code null} if there is none
	 */
	@Nullable String query();

	/**
	 * Return the first value of a header.
	 * @param name the name, in any case
	 * @return the value, {@code null} if the request has no such header
	 */
	@Nullable String header(String name);

	/**
	 * Return the last value of a header.
	 * @param name the name, in any case
	 * @return the value, {@code null} if the request has no such header
	 */
	@Nullable String lastHeader(String name);

	/**
	 * Whether the request has a header whose name matches.
	 * @param name the condition on a name as sent
	 * @return {@code true} if one does
	 */
	boolean hasHeader(Predicate<? super CharSequence> name);

	/**
	 * Return the host and port that the request was sent to.
	 * @return the value of {@code Host} or {@code :authority}, {@code null} if the
	 * request has none
	 */
	default @Nullable String host() {
		return header("Host");
	}

	/**
	 * Return the protocol.
	 * @return the protocol and its version, such as {@code HTTP/1.1}, empty if it is not
	 * known
	 */
	String protocol();

	/**
	 * Return the address of the peer.
	 * @return an address literal, empty if the peer has no address
	 */
	String remoteAddress();

	/**
	 * Whether the server has taken {@link #remoteAddress()} from a header of the request,
	 * so that it proves nothing.
	 * @return {@code true} if a proxy's header has been applied
	 */
	boolean isAddressForwarded();

	/**
	 * Return the addresses that the server has removed from the headers of the request.
	 * @return the last value of the header that had them, {@code null} if all headers are
	 * as they have been sent
	 */
	default @Nullable String removedAddresses() {
		return null;
	}

	/**
	 * Whether the request has come in on the application's own port, which is open to all
	 * its users.
	 * @return {@code false} on a port that serves the HTTP contract alone
	 */
	boolean isOnMainPort();

}
