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
import java.io.PrintWriter;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.OpenStreams;

/**
 * A response that says, as late as its headers can still be changed, that the connection
 * ends with it if the instance is draining. So it reaches also the clients of requests
 * that were under way before the drain began.
 */
final class DrainingResponse extends HttpServletResponseWrapper {

	private final HttpServletRequest request;

	private final DrainHeaders drainHeaders;

	private volatile @Nullable Runnable whenEventStream;

	private @Nullable ServletOutputStream stream;

	private @Nullable PrintWriter writer;

	DrainingResponse(HttpServletRequest request, HttpServletResponse response, DrainHeaders drainHeaders) {
		super(response);
		this.request = request;
		this.drainHeaders = drainHeaders;
	}

	void announce() {
		ServletDrainHeaders.announce(this.drainHeaders, this.request, (HttpServletResponse) getResponse());
	}

	/**
	 * Set the action for a stream of server-sent events, which this may turn out to be
	 * only after the request has become an asynchronous one.
	 * @param action called then, perhaps several times, perhaps at once
	 */
	void whenEventStream(Runnable action) {
		this.whenEventStream = action;
		runWhenEventStream();
	}

	private void runWhenEventStream() {
		Runnable action = this.whenEventStream;
		if (action != null && OpenStreams.isEventStream(getContentType())) {
			action.run();
		}
	}

	@Override
	public void setContentType(@Nullable String type) {
		super.setContentType(type);
		runWhenEventStream();
	}

	@Override
	public void setHeader(String name, @Nullable String value) {
		super.setHeader(name, value);
		runWhenEventStream();
	}

	@Override
	public void addHeader(String name, @Nullable String value) {
		super.addHeader(name, value);
		runWhenEventStream();
	}

	// An asynchronous answer without a body is completed with no other sign
	@Override
	public void setStatus(int status) {
		super.setStatus(status);
		announce();
	}

	@Override
	public void reset() {
		super.reset();
		this.stream = null;
		this.writer = null;
		announce();
	}

	@Override
	public ServletOutputStream getOutputStream() throws IOException {
		if (this.stream == null) {
			this.stream = new DrainingOutputStream(super.getOutputStream(), this::announce);
		}
		return this.stream;
	}

	@Override
	public PrintWriter getWriter() throws IOException {
		if (this.writer == null) {
			this.writer = new DrainingWriter(super.getWriter(), this::announce);
		}
		return this.writer;
	}

	@Override
	public void flushBuffer() throws IOException {
		announce();
		super.flushBuffer();
	}

	@Override
	public void sendError(int status) throws IOException {
		announce();
		super.sendError(status);
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		announce();
		super.sendError(status, message);
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		announce();
		super.sendRedirect(location);
	}

	@Override
	public void sendRedirect(String location, int status) throws IOException {
		announce();
		super.sendRedirect(location, status);
	}

	@Override
	public void sendRedirect(String location, boolean clearBuffer) throws IOException {
		announce();
		super.sendRedirect(location, clearBuffer);
	}

	@Override
	public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
		announce();
		super.sendRedirect(location, status, clearBuffer);
	}

}
