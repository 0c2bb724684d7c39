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

package io.github.healthstarter.sample.restart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import org.awaitility.Awaitility;

import io.github.healthstarter.sample.load.BalancingClient;
import io.github.healthstarter.sample.load.DirectClient;
import io.github.healthstarter.sample.load.Load;
import io.github.healthstarter.sample.load.Outcome;

/**
 * Restarts three instances in turn by SIGTERM while 200 requests a second come to them:
 * 100 by way of HAProxy, on kept-alive connections throughout, and 100 of clients that
 * balance by themselves. The next restart begins when both see all instances as ready.
 *
 * @param application what was restarted
 * @param behindHaProxy what became of every request by way of HAProxy
 * @param balancing what became of every other
 * @param logs what the instances wrote that were restarted
 * @param proxyLog what HAProxy wrote
 */
record RollingRestart(Application application, List<Outcome> behindHaProxy, List<Outcome> balancing, List<String> logs,
		String proxyLog) {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final int REQUESTS_BETWEEN = 100;

	static RollingRestart run(Application application, int restarts, Path directory) throws Exception {
		Files.createDirectories(directory);
		try (Fleet fleet = Fleet.start(application, directory);
				HaProxy haProxy = HaProxy.start(directory, application.readinessPath(), fleet.ports());
				BalancingClient client = balancing(fleet, application);
				Load behindHaProxy = Load.start(new DirectClient(haProxy.port(), (number) -> false));
				Load balancing = Load.start(client)) {
			for (int restart = 0; restart < restarts; restart++) {
				awaitRequests(behindHaProxy);
				awaitReady(fleet, (port) -> haProxy.isUp(port) && client.isReady(port));
				fleet.restart(fleet.ports().get(restart % fleet.ports().size()));
			}
			awaitReady(fleet, (port) -> haProxy.isUp(port) && client.isReady(port));
			awaitRequests(balancing);
			return new RollingRestart(application, behindHaProxy.stop(), balancing.stop(), fleet.logs(),
					Files.readString(haProxy.log()));
		}
	}

	private static BalancingClient balancing(Fleet fleet, Application application) throws IOException {
		BalancingClient client = new BalancingClient(fleet.ports(), application.readinessPath());
		awaitReady(fleet, client::isReady);
		return client;
	}

	private static void awaitReady(Fleet fleet, Predicate<Integer> ready) {
		Awaitility.await().atMost(LIMIT).until(() -> fleet.ports().stream().allMatch(ready));
	}

	private static void awaitRequests(Load load) {
		int before = load.outcomes().size();
		Awaitility.await().atMost(LIMIT).until(() -> load.outcomes().size() >= before + REQUESTS_BETWEEN);
	}

}
