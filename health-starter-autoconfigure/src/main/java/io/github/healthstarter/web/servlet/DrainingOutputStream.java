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

package io.github.healthstarter.web.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/**
 * The stream of a {@link DrainingResponse}: it was perhaps taken before a drain and is
 * written to during it, and each call may be the one that sends the headers.
 */
final class DrainingOutputStream extends ServletOutputStream {

	private final ServletOutputStream stream;

	private final Runnable announcement;

	DrainingOutputStream(ServletOutputStream stream, Runnable announcement) {
		this.stream = stream;
		this.announcement = announcement;
	}

	@Override
	public void write(int value) throws IOException {
		this.announcement.run();
		this.stream.write(value);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		this.announcement.run();
		this.stream.write(bytes, offset, length);
	}

	@Override
	public void write(ByteBuffer buffer) throws IOException {
		this.announcement.run();
		this.stream.write(buffer);
	}

	@Override
	public void flush() throws IOException {
		this.announcement.run();
		this.stream.flush();
	}

	@Override
	public void close() throws IOException {
		this.announcement.run();
		this.stream.close();
	}

	@Override
	public boolean isReady() {
		return this.stream.isReady();
	}

	@Override
	public void setWriteListener(WriteListener listener) {
		this.stream.setWriteListener(listener);
	}

}
