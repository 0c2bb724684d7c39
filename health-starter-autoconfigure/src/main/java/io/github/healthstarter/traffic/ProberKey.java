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

package io.github.healthstarter.traffic;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Identity of a prober: probes with equal keys are counted as those of one. What a
 * balancer probes for itself thereby stays apart from the requests that it passes on.
 *
 * @param address the address literal of the peer, empty if it has none
 * @param forwarded the last address that a proxy has forwarded, empty if a proxy has
 * named none, {@code null} if the request is the peer's own
 * @param path the path of the probe
 * @param userAgent the value of {@code User-Agent}, empty if there is none
 */
public record ProberKey(String address, @Nullable String forwarded, String path, String userAgent) {

	/**
	 * The number of characters of a header that are kept.
	 */
	static final int MAX_LENGTH = 128;

	private static final int GROUPS_OF_NETWORK = 4;

	public ProberKey {
		forwarded = (forwarded != null) ? shorten(forwarded) : null;
		userAgent = shorten(userAgent);
	}

	// Those of the record would allocate for each probe
	@Override
	public boolean equals(@Nullable Object other) {
		return this == other
				|| (other instanceof ProberKey key && this.address.equals(key.address) && this.path.equals(key.path)
						&& this.userAgent.equals(key.userAgent) && Objects.equals(this.forwarded, key.forwarded));
	}

	@Override
	public int hashCode() {
		int result = 31 * this.address.hashCode() + Objects.hashCode(this.forwarded);
		return 31 * (31 * result + this.path.hashCode()) + this.userAgent.hashCode();
	}

	private static String shorten(String value) {
		return (value.length() <= MAX_LENGTH) ? value : value.substring(0, MAX_LENGTH);
	}

	/**
	 * Return the source of the probes, which may send them under any number of keys: the
	 * peer's host, with what it passes on apart from its own.
	 * @return the source
	 */
	String source() {
		return (this.forwarded != null) ? "via " + host() : host();
	}

	// A host of IPv6 has a whole network of addresses. The JDK prints them uncompressed.
	private String host() {
		int end = -1;
		for (int group = 0; group < GROUPS_OF_NETWORK; group++) {
			end = this.address.indexOf(':', end + 1);
			if (end < 0) {
				return this.address;
			}
		}
		return this.address.substring(0, end);
	}

}
