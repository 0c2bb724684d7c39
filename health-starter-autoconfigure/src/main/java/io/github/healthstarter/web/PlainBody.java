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

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.healthstarter.check.CheckState;
import io.github.healthstarter.check.CheckStatus;
import io.github.healthstarter.health.HealthSnapshot;
import io.github.healthstarter.health.HealthState;
import io.github.healthstarter.text.TextLine;

/**
 * The plain body, as the Kubernetes API server writes it: {@code ok}, or a line for each
 * check and one for the probe. Unlike there, a trusted caller gets the reasons, and the
 * state if a probe fails although no check does.
 */
final class PlainBody {

	static final String OK = "ok";

	private PlainBody() {
	}

	static String of(ProbeAnswer answer) {
		if (answer.passes() && !answer.query().verbose()) {
			return OK;
		}
		StringBuilder body = new StringBuilder();
		Set<String> unmatched = new TreeSet<>(answer.query().excluded());
		for (CheckState check : answer.whole().checks().states()) {
			boolean excluded = unmatched.remove(check.name());
			body.append(excluded ? "[+]" + TextLine.of(check.name()) + " excluded: ok\n" : check(check));
		}
		if (!answer.passes() && answer.snapshot().state() != HealthState.FAILING) {
			body.append("[-]state failed: ").append(state(answer.snapshot())).append('\n');
		}
		if (!unmatched.isEmpty()) {
			body.append("warn: some health checks cannot be excluded: no matches for ")
				.append(unmatched.stream().map(PlainBody::quote).collect(Collectors.joining(",")))
				.append('\n');
		}
		return body.append(verdict(answer.name(), answer.passes())).toString();
	}

	static String of(CheckState check, boolean verbose) {
		boolean passes = check.isPassing();
		return (passes && !verbose) ? OK : check(check) + verdict(check);
	}

	static String verdict(CheckState check) {
		return verdict(TextLine.of(check.name()), check.isPassing());
	}

	static String verdict(String name, boolean passes) {
		return name + (passes ? " check passed\n" : " check failed\n");
	}

	private static String check(CheckState check) {
		String name = TextLine.of(check.name());
		if (check.status() == CheckStatus.UP) {
			return "[+]" + name + " ok\n";
		}
		String head = check.status().isRestricted() ? "[+]" + name + " degraded: " : "[-]" + name + " failed: ";
		if (check.isPassing() && !check.status().isRestricted()) {
			head = "[+]" + name + " unknown: ";
		}
		return head + TextLine.of(check.reason()) + "\n";
	}

	private static String state(HealthSnapshot snapshot) {
		String label = snapshot.state().label();
		return (snapshot.reason() != null) ? label + ": " + TextLine.of(snapshot.reason()) : label;
	}

	private static String quote(String name) {
		return "\"" + TextLine.of(name).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
	}

}
