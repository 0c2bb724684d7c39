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

package io.github.healthstarter.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A client's session of WebSocket with a server that greets it.
 */
public final class WebSocketClient {

	private static final int LIMIT_SECONDS = 10;

	private final CompletableFuture<String> greeting = new CompletableFuture<>();

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private WebSocketClient() {
	}

	/**
	 * Opens a session with a server on the IPv4 loopback address.
	 * @param port the server's port
	 * @param path the path of its sessions
	 * @return the open session
	 * @throws Exception if it is refused
	 */
	public static WebSocketClient to(int port, String path) throws Exception {
		WebSocketClient client = new WebSocketClient();
		HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + port + path), client.new Listener())
			.get(LIMIT_SECONDS, TimeUnit.SECONDS);
		return client;
	}

	/**
	 * Waits for the first text that the server sends.
	 * @return the text
	 * @throws Exception if the session ends before
	 */
	public String greeting() throws Exception {
		return this.greeting.get(LIMIT_SECONDS, TimeUnit.SECONDS);
	}

	/**
	 * Whether the server has not closed the session.
	 * @return {@code false} also where the session has broken
	 */
	public boolean isOpen() {
		return !this.closed.isDone();
	}

	/**
	 * Waits for the server's close.
	 * @return its status, such as 1001
	 * @throws Exception if the session breaks instead
	 */
	public int closeStatus() throws Exception {
		return this.closed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
	}

	private final class Listener implements WebSocket.Listener {

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
			WebSocketClient.this.greeting.complete(text.toString());
			webSocket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
			WebSocketClient.this.closed.complete(status);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			WebSocketClient.this.greeting.completeExceptionally(error);
			WebSocketClient.this.closed.completeExceptionally(error);
		}

	}

}
