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

package io.github.healthstarter.sample.load;

import java.io.Closeable;
import java.io.IOException;

import io.github.healthstarter.sample.http.HttpAnswer;
import io.github.healthstarter.sample.http.HttpConnection;

/**
 * Knows where a request goes and on which connection. Sends nothing a second time. Safe
 * for use by any thread.
 */
public interface Client extends Closeable {

	/**
	 * Finds a connection for a request.
	 * @param number the number of the request
	 * @return the connection, to be released or closed
	 * @throws IOException if there is none to be had
	 */
	HttpConnection connect(int number) throws IOException;

	/**
	 * Takes a connection back after a complete answer.
	 * @param connection the connection
	 * @param answer what came on it
	 * @throws IOException if the connection cannot be closed
	 */
	void release(HttpConnection connection, HttpAnswer answer) throws IOException;

}
