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

package io.github.healthstarter.web.reactive;

import java.util.BitSet;
import java.util.HexFormat;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;

import io.github.healthstarter.web.RouteFinder;

/**
 * Encodes what no URI may contain in the queries of the starter's own paths. Spring
 * refuses such a request before any handler has seen it, and a query is never a reason
 * for a probe to fail.
 */
@ChannelHandler.Sharable
final class QueryMender extends ChannelInboundHandlerAdapter {

	private static final BitSet PLAIN = new BitSet();

	static {
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'();/?:@&=+$,[]".chars()
			.forEach(PLAIN::set);
	}

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private final RouteFinder routes;

	private final String basePath;

	/**
	 * Create it.
	 * @param routes tells which paths are the starter's
	 * @param basePath what is before them, possibly empty
	 */
	QueryMender(RouteFinder routes, String basePath) {
		this.routes = routes;
		this.basePath = basePath;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			int question = request.uri().indexOf('?');
			if (question > 0 && !isPlain(request.uri(), question + 1) && isOurs(request.uri().substring(0, question))) {
				request.setUri(mend(request.uri(), question + 1));
			}
		}
		context.fireChannelRead(message);
	}

	private boolean isOurs(String path) {
		return path.startsWith(this.basePath) && this.routes.find(path.substring(this.basePath.length())) != null;
	}

	private static boolean isPlain(String target, int begin) {
		for (int i = begin; i < target.length(); i++) {
			if (!isPlainAt(target, i)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isPlainAt(String target, int index) {
		char next = target.charAt(index);
		return PLAIN.get(next)
				|| (next == '%' && index + 2 < target.length() && Character.digit(target.charAt(index + 1), 16) >= 0
						&& Character.digit(target.charAt(index + 2), 16) >= 0);
	}

	// Each character is a byte as it was sent
	private static String mend(String target, int begin) {
		StringBuilder mended = new StringBuilder(target.length()).append(target, 0, begin);
		for (int i = begin; i < target.length(); i++) {
			if (isPlainAt(target, i)) {
				mended.append(target.charAt(i));
			}
			else {
				mended.append('%').append(HEX.toHexDigits((byte) target.charAt(i)));
			}
		}
		return mended.toString();
	}

}
