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

import java.io.PrintWriter;

/**
 * The writer of a {@link DrainingResponse}: it was perhaps taken before a drain and is
 * written to during it, and each call may be the one that sends the headers.
 */
final class DrainingWriter extends PrintWriter {

	private final PrintWriter writer;

	private final Runnable announcement;

	DrainingWriter(PrintWriter writer, Runnable announcement) {
		super(writer);
		this.writer = writer;
		this.announcement = announcement;
	}

	@Override
	public void write(int character) {
		this.announcement.run();
		super.write(character);
	}

	@Override
	public void write(char[] characters, int offset, int length) {
		this.announcement.run();
		super.write(characters, offset, length);
	}

	@Override
	public void write(String text, int offset, int length) {
		this.announcement.run();
		super.write(text, offset, length);
	}

	// A container ends lines in its own way, not in that of the machine
	@Override
	public void println() {
		this.announcement.run();
		this.writer.println();
	}

	@Override
	public void flush() {
		this.announcement.run();
		super.flush();
	}

	@Override
	public void close() {
		this.announcement.run();
		super.close();
	}

}
