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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A service manager that notes what it is told, and may be deaf.
 */
final class FakeManager implements Datagrams {

	private final List<String> datagrams = new ArrayList<>();

	boolean full;

	boolean gone;

	boolean closed;

	int tries;

	@Override
	public synchronized boolean send(String datagram) throws IOException {
		this.tries++;
		if (this.gone) {
			throw new IOException("No such file or directory");
		}
		if (!this.full) {
			this.datagrams.add(datagram.replace('\n', ' '));
		}
		return !this.full;
	}

	/**
	 * Return what has come since the last call, the assignments of a datagram on a line.
	 */
	synchronized List<String> heard() {
		List<String> heard = List.copyOf(this.datagrams);
		this.datagrams.clear();
		return heard;
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
