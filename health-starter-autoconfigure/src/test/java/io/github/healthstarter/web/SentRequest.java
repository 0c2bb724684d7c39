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

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A request from a peer, with the lines of its headers.
 *
 * @param remoteAddress the address of the peer
 * @param removedAddresses the addresses that the server has removed from the headers
 * @param lines lines such as {@code Via: a}
 */
record SentRequest(String remoteAddress, @Nullable String removedAddresses, List<String> lines) implements HttpRequest {

	static SentRequest from(String remoteAddress, String... lines) {
		return new SentRequest(remoteAddress, null, List.of(lines));
	}

	@Override
	public String method() {
		return "GET";
	}

	@Override
	public @Nullable String query() {
		return null;
	}

	@Override
	public @Nullable String header(String name) {
		return values(name).findFirst().orElse(null);
	}

	@Override
	public @Nullable String lastHeader(String name) {
		return values(name).reduce((first, second) -> second).orElse(null);
	}

	private Stream<String> values(String name) {
		return this.lines.stream()
			.filter((line) -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
			.map((line) -> line.substring(name.length() + 1).strip());
	}

	@Override
	public String protocol() {
		return "HTTP/1.1";
	}

	@Override
	public boolean hasHeader(Predicate<? super CharSequence> name) {
		return this.lines.stream().map((line) -> line.substring(0, line.indexOf(':'))).anyMatch(name);
	}

	@Override
	public boolean isAddressForwarded() {
		return this.removedAddresses != null;
	}

	@Override
	public boolean isOnMainPort() {
		return true;
	}

}
