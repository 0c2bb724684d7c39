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

package io.github.healthstarter.text;

import java.util.regex.Pattern;

/**
 * Turns text from outside into one line of bounded length, for logs, headers and bodies.
 */
public final class TextLine {

	private static final Pattern NOT_OF_A_LINE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

	private TextLine() {
	}

	/**
	 * Replace control and format characters and line ends with blanks.
	 * @param text any text
	 * @return the text as one line, with a single blank for each run of such characters
	 * and none at either end
	 */
	public static String of(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!isPlain(text.charAt(i))) {
				return replace(text);
			}
		}
		return text.strip();
	}

	// Half of a pair may be one of a format character
	private static boolean isPlain(char character) {
		return (character >= ' ' && character < 0x7f) || switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE ->
				false;
			default -> true;
		};
	}

	private static String replace(String text) {
		return NOT_OF_A_LINE.matcher(text).replaceAll(" ").strip();
	}

	/**
	 * Replace control and format characters and line ends with blanks, and cut what is
	 * left.
	 * @param text any text
	 * @param maxLength the number of characters to keep, at least 1
	 * @return the text as one line; if it has been cut, with an ellipsis after its last
	 * character
	 */
	public static String of(String text, int maxLength) {
		return abbreviate(of(text), maxLength);
	}

	/**
	 * Cut a text, but never within a surrogate pair.
	 * @param text any text
	 * @param maxLength the number of characters to keep, at least 1
	 * @return the text; if it has been cut, with an ellipsis after its last character
	 */
	public static String abbreviate(String text, int maxLength) {
		if (text.length() <= maxLength) {
			return text;
		}
		boolean splitsPair = Character.isSurrogatePair(text.charAt(maxLength - 1), text.charAt(maxLength));
		return text.substring(0, splitsPair ? maxLength - 1 : maxLength) + "…";
	}

}
