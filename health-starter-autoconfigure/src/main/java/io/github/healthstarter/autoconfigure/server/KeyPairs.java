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

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;

import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * Finds certificates whose private key is another's, as where only one of two files has
 * been renewed. A key store does not mind, and each handshake would fail.
 */
final class KeyPairs {

	private static final byte[] MESSAGE = { 1, 2, 3 };

	private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA",
			"EdDSA", "EdDSA");

	private KeyPairs() {
	}

	/**
	 * Check all pairs of a kind that is known here.
	 * @param managers who have the keys
	 * @throws IllegalStateException if a key and a certificate do not belong together
	 */
	static void check(KeyManager... managers) {
		for (KeyManager manager : managers) {
			if (manager instanceof X509KeyManager keys) {
				SIGNATURES.keySet().forEach((type) -> check(keys, type));
			}
		}
	}

	private static void check(X509KeyManager keys, String type) {
		String[] aliases = keys.getServerAliases(type, null);
		if (aliases != null) {
			for (String alias : aliases) {
				if (!belongTogether(keys.getPrivateKey(alias), keys.getCertificateChain(alias)[0].getPublicKey())) {
					throw new IllegalStateException("The private key is not that of the certificate");
				}
			}
		}
	}

	private static boolean belongTogether(PrivateKey key, PublicKey certified) {
		String algorithm = SIGNATURES.get(certified.getAlgorithm());
		if (algorithm == null) {
			return true;
		}
		try {
			Signature signature = Signature.getInstance(algorithm);
			signature.initSign(key);
			signature.update(MESSAGE);
			byte[] signed = signature.sign();
			signature.initVerify(certified);
			signature.update(MESSAGE);
			return signature.verify(signed);
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

}
