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

package io.github.healthstarter.server;

import java.util.regex.Pattern;

import io.netty.buffer.ByteBuf;

/**
 * Syntax of requests to the letter (RFC 9112): single spaces in the request line, nothing
 * but empty lines before it, no header or trailer on several lines, no blanks around the
 * size of a chunk. Netty reads all these leniently, other servers read them differently,
 * and that is how requests are smuggled. Sees each byte once, as it is read.
 */
final class RequestSyntax {

	private static final int SPACES_IN_LINE = 2;

	private static final Pattern VERSION = Pattern.compile("HTTP/(1\\.[01]|[02-9]\\.[0-9])");

	private State state = State.START;

	private int spaces;

	private boolean afterSpace;

	private boolean hasDigit;

	private long chunk;

	/**
	 * Refuse a version that is written otherwise than the RFC has it, or that is a later
	 * one of HTTP/1, which does not exist.
	 * @param version the version as sent
	 * @throws IllegalArgumentException if it is refused
	 */
	static void checkVersion(String version) {
		if (!"HTTP/1.1".equals(version) && !VERSION.matcher(version).matches()) {
			throw new IllegalArgumentException("No version of HTTP");
		}
	}

	/**
	 * Read bytes.
	 * @param buffer the buffer with the bytes
	 * @param from the index of the first
	 * @param to the index after the last
	 * @return whether a request may continue so
	 */
	boolean accepts(ByteBuf buffer, int from, int to) {
		for (int i = from; i < to && this.state != State.INVALID; i++) {
			this.state = next(buffer.getByte(i));
		}
		return this.state != State.INVALID;
	}

	/**
	 * Begin the body, after the head.
	 * @param chunked whether it comes in chunks
	 */
	void beginBody(boolean chunked) {
		if (this.state == State.COMPLETE) {
			this.state = chunked ? beginChunk() : State.CONTENT;
		}
	}

	/**
	 * End a request, so that the next may begin.
	 * @return whether it may end here
	 */
	boolean end() {
		boolean complete = this.state == State.COMPLETE || this.state == State.CONTENT;
		this.state = State.START;
		return complete;
	}

	private State next(byte next) {
		return switch (this.state) {
			case START -> start(next);
			case START_END -> expect('\n', next, State.START);
			case LINE -> line(next);
			case LINE_END, FIELD_END -> expect('\n', next, State.FIELD_START);
			case FIELD_START -> (next == ' ' || next == '\t') ? State.INVALID : field(next, State.FIELDS_END);
			case FIELD -> field(next, State.FIELD_END);
			case FIELDS_END -> expect('\n', next, State.COMPLETE);
			case CHUNK_SIZE -> chunkSize(next);
			case CHUNK_BLANK -> chunkBlank(next);
			case CHUNK_EXTENSION -> field(next, State.CHUNK_SIZE_END, State.CHUNK_EXTENSION);
			case CHUNK_SIZE_END -> expect('\n', next, (this.chunk == 0) ? State.FIELD_START : State.CHUNK);
			case CHUNK -> (--this.chunk > 0) ? State.CHUNK : State.CHUNK_END;
			case CHUNK_END -> expect('\r', next, State.CHUNK_LINE_END);
			case CHUNK_LINE_END -> (next == '\n') ? beginChunk() : State.INVALID;
			case CONTENT -> State.CONTENT;
			case COMPLETE, INVALID -> State.INVALID;
		};
	}

	private static State expect(char expected, byte next, State then) {
		return (next == expected) ? then : State.INVALID;
	}

	private State start(byte next) {
		if (next == '\r') {
			return State.START_END;
		}
		this.spaces = 0;
		this.afterSpace = true;
		return line(next);
	}

	private State line(byte next) {
		if (next == '\r') {
			return (this.spaces == SPACES_IN_LINE && !this.afterSpace) ? State.LINE_END : State.INVALID;
		}
		if (next == ' ') {
			boolean misplaced = this.afterSpace || ++this.spaces > SPACES_IN_LINE;
			this.afterSpace = true;
			return misplaced ? State.INVALID : State.LINE;
		}
		this.afterSpace = false;
		return (next > ' ' && next < 0x7F) ? State.LINE : State.INVALID;
	}

	private static State field(byte next, State end) {
		return field(next, end, State.FIELD);
	}

	private static State field(byte next, State end, State same) {
		if (next == '\r') {
			return end;
		}
		return (next == '\n') ? State.INVALID : same;
	}

	private State beginChunk() {
		this.chunk = 0;
		this.hasDigit = false;
		return State.CHUNK_SIZE;
	}

	private State chunkSize(byte next) {
		int digit = Character.digit(next, 16);
		if (digit >= 0) {
			this.hasDigit = true;
			this.chunk = this.chunk * 16 + digit;
			return (this.chunk <= Integer.MAX_VALUE) ? State.CHUNK_SIZE : State.INVALID;
		}
		if (!this.hasDigit) {
			return State.INVALID;
		}
		return (next == '\r') ? State.CHUNK_SIZE_END : chunkBlank(next);
	}

	private static State chunkBlank(byte next) {
		return switch (next) {
			case ' ', '\t' -> State.CHUNK_BLANK;
			case ';' -> State.CHUNK_EXTENSION;
			default -> State.INVALID;
		};
	}

	/**
	 * What comes next.
	 */
	private enum State {

		START, START_END, LINE, LINE_END, FIELD_START, FIELD, FIELD_END, FIELDS_END, CONTENT, CHUNK_SIZE, CHUNK_BLANK,
		CHUNK_EXTENSION, CHUNK_SIZE_END, CHUNK, CHUNK_END, CHUNK_LINE_END, COMPLETE, INVALID

	}

}
