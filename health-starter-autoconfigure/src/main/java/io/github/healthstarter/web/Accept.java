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

package io.github.healthstarter.web;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * Negotiates the format by an {@code Accept} header (RFC 9110, 12.5.1). The highest
 * quality wins, then the range that names the format most exactly, then the order of the
 * offers. What cannot be read, or asks for nothing that there is, gets JSON: a probe
 * never answers 406.
 */
final class Accept {

	// Nobody who means it sends more, and others are not to keep us busy
	private static final int MAX_LENGTH = 1024;

	private static final Pattern QUALITY = Pattern.compile("0(\\.\\d{0,3})?|1(\\.0{0,3})?");

	// A client that names the draft at all wants it; many name text/plain beside JSON
	private static final List<Offer> OFFERS = List.of(new Offer(Format.HEALTH_JSON, "application/health+json"),
			new Offer(Format.JSON, "application/json"),
			new Offer(Format.JSON, "application/vnd.spring-boot.actuator.v3+json"),
			new Offer(Format.JSON, "application/vnd.spring-boot.actuator.v2+json"),
			new Offer(Format.PLAIN, "text/plain"));

	private Accept() {
	}

	static Format negotiate(@Nullable String header) {
		if (header == null || header.equals("*/*") || header.equals("application/json")
				|| header.length() > MAX_LENGTH) {
			return Format.JSON;
		}
		try {
			return best(MimeTypeUtils.parseMimeTypes(header).stream().map(Range::of).toList());
		}
		// Spring Framework 7.0 runs beyond the end of some malformed headers
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			return Format.JSON;
		}
	}

	private static Format best(List<Range> ranges) {
		Format format = Format.JSON;
		Range best = null;
		for (Offer offer : OFFERS) {
			Range range = offer.mostExact(ranges);
			if (range != null && range.quality() > 0 && range.isBetterThan(best)) {
				format = offer.format();
				best = range;
			}
		}
		return format;
	}

	/**
	 * A format under one of the media types that ask for it.
	 */
	private record Offer(Format format, MimeType type) {

		Offer(Format format, String type) {
			this(format, MimeTypeUtils.parseMimeType(type));
		}

		@Nullable Range mostExact(List<Range> ranges) {
			Range mostExact = null;
			for (Range range : ranges) {
				if (matches(range) && (mostExact == null || range.exactness() > mostExact.exactness())) {
					mostExact = range;
				}
			}
			return mostExact;
		}

		// What is not JSON as everybody knows it has to be asked for by its name
		private boolean matches(Range range) {
			return (this.format == Format.HEALTH_JSON) ? range.type().equalsTypeAndSubtype(this.type)
					: range.type().includes(this.type);
		}

	}

	/**
	 * One of the media ranges that a client accepts.
	 */
	private record Range(MimeType type, double quality, int exactness) {

		static Range of(MimeType type) {
			String quality = type.getParameter("q");
			if (quality != null && !QUALITY.matcher(quality).matches()) {
				throw new IllegalArgumentException("No quality: " + quality);
			}
			int exactness = (type.isWildcardType() ? 0 : 1) + (type.isWildcardSubtype() ? 0 : 1);
			return new Range(type, (quality != null) ? Double.parseDouble(quality) : 1, exactness);
		}

		boolean isBetterThan(@Nullable Range other) {
			return other == null || this.quality > other.quality
					|| (this.quality == other.quality && this.exactness > other.exactness);
		}

	}

}
