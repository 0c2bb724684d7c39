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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;

/**
 * Requests that Spring MVC would not make: on the Servlet API alone.
 */
final class AsyncServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private final transient Stage stage;

	AsyncServlet(Stage stage) {
		this.stage = stage;
	}

	@Override
	protected void doGet(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		switch (request.getPathInfo()) {
			case "/at-once" -> completeAtOnce(request, response);
			case "/twice" -> startTwice(request, response);
			case "/stream-before" -> takeStreamBefore(response);
			case "/writer-before" -> takeWriterBefore(response);
			case "/redirect" -> redirect(response);
			case "/reset" -> reset(response);
			case "/late-events" -> streamLate(request, response);
			case "/forward" -> request.getRequestDispatcher("/plain").forward(request, response);
			case "/include" -> request.getRequestDispatcher("/plain").include(request, response);
			case "/forward-to-probe" -> request.getRequestDispatcher("/readyz").forward(request, response);
			case "/sendfile" -> sendFile(request, response);
			case "/upgrade" -> upgrade(request, response);
			default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
		}
	}

	private void completeAtOnce(HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.stage.hold();
		AsyncContext context = request.startAsync(request, response);
		response.getWriter().write("at once");
		context.complete();
	}

	private void startTwice(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext context = request.startAsync(request, response);
		boolean first = request.getDispatcherType() == DispatcherType.REQUEST;
		new Thread(() -> {
			if (first) {
				context.dispatch();
				return;
			}
			this.stage.hold();
			response.setStatus(HttpServletResponse.SC_ACCEPTED);
			context.complete();
		}, "background").start();
	}

	private void takeStreamBefore(HttpServletResponse response) throws IOException {
		ServletOutputStream output = response.getOutputStream();
		this.stage.hold();
		output.write(new byte[100_000]);
	}

	private void takeWriterBefore(HttpServletResponse response) throws IOException {
		var writer = response.getWriter();
		this.stage.hold();
		writer.println("written");
		writer.flush();
	}

	private void redirect(HttpServletResponse response) throws IOException {
		this.stage.hold();
		response.sendRedirect("/elsewhere", HttpServletResponse.SC_SEE_OTHER);
	}

	private void reset(HttpServletResponse response) throws IOException {
		this.stage.hold();
		response.setStatus(HttpServletResponse.SC_CREATED);
		response.reset();
		response.getOutputStream().flush();
	}

	private void streamLate(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext context = request.startAsync(request, response);
		context.setTimeout(0);
		new Thread(() -> {
			this.stage.hold();
			try {
				response.setContentType("text/event-stream");
				response.getOutputStream().print("data:late\n\n");
				response.flushBuffer();
				this.stage.pass();
			}
			catch (IOException ex) {
				context.complete();
			}
		}, "background").start();
	}

	private static void sendFile(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Path file = Files.createTempFile("sendfile", null);
		file.toFile().deleteOnExit();
		Files.write(file, new byte[200_000]);
		request.setAttribute("org.apache.tomcat.sendfile.filename", file.toString());
		request.setAttribute("org.apache.tomcat.sendfile.start", 0L);
		request.setAttribute("org.apache.tomcat.sendfile.end", 200_000L);
		response.setContentLength(200_000);
	}

	private void upgrade(HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException {
		this.stage.hold();
		response.setHeader("Connection", "upgrade");
		response.setHeader("Upgrade", "greeting");
		request.upgrade(Greeting.class);
	}

	/**
	 * A protocol of one message.
	 */
	public static final class Greeting implements HttpUpgradeHandler {

		@Override
		public void init(WebConnection connection) {
			try (connection) {
				connection.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
				connection.getOutputStream().flush();
			}
			catch (Exception ex) {
				throw new UncheckedIOException(new IOException(ex));
			}
		}

		@Override
		public void destroy() {
		}

	}

}
