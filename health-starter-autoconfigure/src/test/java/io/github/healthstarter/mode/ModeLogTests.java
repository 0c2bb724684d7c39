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

package io.github.healthstarter.mode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ModeLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ModeLogTests {

	private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

	private static final ModeState NORMAL = ModeState.normal(NOON);

	@Test
	void onChangeTellsAllThatIsKnown(CapturedOutput output) {
		ModeLog log = new ModeLog(Runnable::run);
		ModeState bounded = new ModeState(Mode.MAINTENANCE, "migration", "ada", NOON, NOON.plusSeconds(60));
		log.onChange(NORMAL, bounded);
		log.onChange(bounded, ModeState.normal(NOON.plusSeconds(60)));
		log.onChange(NORMAL, new ModeState(Mode.READ_ONLY, null, null, NOON, null));
		log.onChange(bounded, ModeState.normal(NOON.plusSeconds(59)));
		List<String> lines = output.getOut().lines().filter((line) -> line.contains("Mode: ")).toList();
		assertThat(lines).hasSize(4);
		assertThat(lines.get(0)).contains("WARN")
			.endsWith("Mode: normal -> maintenance until 2026-01-02T12:01:00Z, by ada: migration");
		assertThat(lines.get(1)).contains("INFO").endsWith("Mode: maintenance -> normal, its time is over");
		assertThat(lines.get(2)).contains("WARN").endsWith("Mode: normal -> read-only");
		assertThat(lines.get(3)).contains("INFO").endsWith("Mode: maintenance -> normal");
	}

	@Test
	void onChangeLogsOnTheExecutorAlone(CapturedOutput output) {
		List<Runnable> tasks = new ArrayList<>();
		new ModeLog(tasks::add).onChange(NORMAL, new ModeState(Mode.READ_ONLY, null, null, NOON, null));
		assertThat(output).doesNotContain("Mode: ");
		tasks.forEach(Runnable::run);
		assertThat(output).contains("Mode: ");
	}

}
