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

package io.github.healthstarter.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The rules of access: the addresses that are allowed, the addresses that are trusted,
 * the names of this machine, and the token of trusted callers. Immutable. Not a record,
 * whose text would show the token.
 */
public final class AccessRules {

	private static final List<String> LOOPBACK_ADDRESSES = List.of("127.0.0.1", "::1");

	/**
	 * Answers for all peers, and details for those on this machine.
	 */
	public static final AccessRules LOOPBACK = new AccessRules(List.of(), null, null);

	private final AddressRanges allowed;

	private final AddressRanges trusted;

	private final AddressRanges administrators;

	private final boolean trustedByDefault;

	private final HostNames hosts;

	private final byte @Nullable [] token;

	/**
	 * Create rules.
	 * @param allowed addresses and CIDR blocks of the peers that get answers; empty for
	 * all
	 * @param trusted addresses and CIDR blocks of the peers that get details;
	 * {@code null} for the loopback addresses, which administer nothing by that
	 * @param token the bearer token that makes a caller trusted, {@code null} for none
	 * @throws IllegalArgumentException naming the first address that cannot be parsed;
	 * host names are refused
	 */
	public AccessRules(List<String> allowed, @Nullable List<String> trusted, @Nullable String token) {
		this.allowed = AddressRanges.parse(allowed);
		this.trusted = AddressRanges.parse((trusted != null) ? trusted : LOOPBACK_ADDRESSES);
		this.administrators = (trusted != null) ? this.trusted.singles() : AddressRanges.NONE;
		this.trustedByDefault = trusted == null;
		this.hosts = HostNames.NONE;
		this.token = (token != null) ? token.getBytes(StandardCharsets.UTF_8) : null;
	}

	private AccessRules(AccessRules rules, HostNames hosts) {
		this.allowed = rules.allowed;
		this.trusted = rules.trusted;
		this.administrators = rules.administrators;
		this.trustedByDefault = rules.trustedByDefault;
		this.hosts = hosts;
		this.token = rules.token;
	}

	/**
	 * Return these rules with other names of this machine.
	 * @param hosts the names, without a port, under which loopback and browsers may be
	 * trusted beside {@code localhost} and IP literals
	 * @return the rules
	 * @throws IllegalArgumentException naming the first that is no host name
	 */
	public AccessRules withHosts(List<String> hosts) {
		return new AccessRules(this, HostNames.parse(hosts));
	}

	/**
	 * Whether a peer gets answers other than a refusal.
	 * @param address the address literal of the peer, empty if it has none
	 * @return {@code true} if it does
	 */
	public boolean allows(String address) {
		return this.allowed.isEmpty() || this.allowed.contains(address);
	}

	/**
	 * Whether a peer is trusted by its address.
	 * @param address the address literal of the peer, empty if it has none
	 * @return {@code true} if it is
	 */
	public boolean trusts(String address) {
		return this.trusted.contains(address);
	}

	/**
	 * Whether a peer may administer by its address, away from the main port.
	 * @param address the address literal of the peer, empty if it has none
	 * @return {@code true} if the address is listed singly: a block also has addresses
	 * that nobody has thought of
	 */
	public boolean letsAdminister(String address) {
		return this.administrators.contains(address);
	}

	/**
	 * Whether a peer may call the pre-stop path by its address, away from the main port.
	 * @param address the address literal of the peer, empty if it has none
	 * @return {@code true} if the address is listed singly or as a part of a block, and
	 * not trusted by default alone
	 */
	public boolean letsCallPreStop(String address) {
		return !this.trustedByDefault && this.trusted.contains(address);
	}

	/**
	 * Whether an authority names this machine, so that neither a page whose name leads
	 * here nor a proxy can have been called by it.
	 * @param authority the host of a request, perhaps with a port, {@code null} for none
	 * @return {@code true} for {@code localhost}, IP literals and the names in the rules
	 */
	public boolean namesThisMachine(@Nullable String authority) {
		return this.hosts.contains(authority);
	}

	/**
	 * Whether a token is that of trusted callers. Takes the same time for all tokens of
	 * one length.
	 * @param given the token that a caller has sent
	 * @return {@code false} for any other, and if there is none
	 */
	public boolean matchesToken(String given) {
		return this.token != null && MessageDigest.isEqual(this.token, given.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AccessRules rules && this.allowed.equals(rules.allowed)
				&& this.trusted.equals(rules.trusted) && this.trustedByDefault == rules.trustedByDefault
				&& this.hosts.equals(rules.hosts) && Arrays.equals(this.token, rules.token);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.allowed, this.trusted, this.trustedByDefault, this.hosts, Arrays.hashCode(this.token));
	}

	@Override
	public String toString() {
		return "AccessRules[allowed=" + this.allowed + ", trusted=" + this.trusted + ", hosts=" + this.hosts.names()
				+ ", token=" + ((this.token != null) ? "(not shown)" : "none") + "]";
	}

}
