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

package io.github.healthstarter.systemd;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * The socket that a service manager listens on, by its path or, behind an {@code @}, its
 * name in the abstract namespace. Each datagram is addressed anew, so that a socket that
 * is made again is found again. Not safe for use by several threads at once.
 */
final class NotifySocket implements Datagrams {

	private static final Log logger = LogFactory.getLog(SystemdService.class);

	private final String address;

	private @Nullable AFUNIXDatagramChannel channel;

	/**
	 * Create it, with nothing opened yet.
	 * @param address the value of {@code NOTIFY_SOCKET}
	 */
	NotifySocket(String address) {
		this.address = address;
	}

	@Override
	public boolean send(String datagram) throws IOException {
		try {
			return open().send(ByteBuffer.wrap(datagram.getBytes(StandardCharsets.UTF_8)), target()) > 0;
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
	}

	private AFUNIXDatagramChannel open() throws IOException {
		AFUNIXDatagramChannel channel = this.channel;
		if (channel == null) {
			channel = AFUNIXDatagramChannel.open();
			channel.configureBlocking(false);
			this.channel = channel;
		}
		return channel;
	}

	private AFUNIXSocketAddress target() throws IOException {
		return this.address.startsWith("@") ? AFUNIXSocketAddress.inAbstractNamespace(this.address.substring(1))
				: AFUNIXSocketAddress.of(new File(this.address));
	}

	@Override
	public void close() {
		AFUNIXDatagramChannel channel = this.channel;
		this.channel = null;
		try {
			if (channel != null) {
				channel.close();
			}
		}
		catch (IOException ex) {
			logger.debug("The socket has not been closed", ex);
		}
	}

}
