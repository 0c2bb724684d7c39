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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TextLine}.
 */
class TextLineTests {

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\t", "\u0000", "\u001b", "\u007f", "\u0085", "\u2028", "\u2029", "\u202e",
			"\u200b", "\ufeff", "\u00ad", "\ud834\udd73", "\r\u2028\n\u200e" })
	void ofReplacesWhatHasNoPlaceInALineByOneBlank(String replaced) {
		assertThat(TextLine.of("a" + replaced + "b")).isEqualTo("a b");
	}

	@Test
	void ofKeepsOtherCharacters() {
		String text = "Größe  »日本« 😀 \\ \"";
		assertThat(TextLine.of(text)).isSameAs(text);
	}

	@Test
	void ofReplacesNoHalfOfAPair() {
		assertThat(TextLine.of("a\ud800b\u0085c")).isEqualTo("a\ud800b c");
		assertThat(TextLine.of("\udb40\udc41a")).isEqualTo("a");
	}

	@Test
	void ofRemovesBlanksAtBothEnds() {
		assertThat(TextLine.of(" \n a b\r\n")).isEqualTo("a b");
		assertThat(TextLine.of("\n\u0000")).isEmpty();
	}

	@Test
	void ofCutsWhatIsLeftAfterCleaning() {
		assertThat(TextLine.of("\n\n\nab\ncd", 5)).isEqualTo("ab cd");
		assertThat(TextLine.of("\n\n\nab\ncde", 5)).isEqualTo("ab cd…");
	}

	@Test
	void abbreviateKeepsTextUpToTheLimit() {
		assertThat(TextLine.abbreviate("abc", 3)).isEqualTo("abc");
		assertThat(TextLine.abbreviate("abcd", 3)).isEqualTo("abc…");
		assertThat(TextLine.abbreviate("a\nb", 3)).isEqualTo("a\nb");
	}

	@Test
	void abbreviateNeverSplitsASurrogatePair() {
		assertThat(TextLine.abbreviate("ab😀c", 3)).isEqualTo("ab…");
		assertThat(TextLine.abbreviate("ab😀c", 4)).isEqualTo("ab😀…");
		assertThat(TextLine.abbreviate("😀😀", 1)).isEqualTo("…");
	}

}
