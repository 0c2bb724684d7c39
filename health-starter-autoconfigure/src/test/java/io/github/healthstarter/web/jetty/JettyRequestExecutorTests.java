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

package io.github.healthstarter.web.jetty;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestExecutor}.
 */
class JettyRequestExecutorTests {

	private final RequestExecutor executor = new RequestExecutor();

	private final QueuedThreadPool pool = new QueuedThreadPool();

	@Test
	void thereIsNoneBeforeTheServer() {
		assertThat(this.executor.executor()).isNull();
		assertThat(this.executor.isItsThread("qtp1-1")).isFalse();
	}

	@Test
	void threadsAreThoseOfTheServersPool() throws Exception {
		this.executor.customize(new Server(this.pool));
		assertThat(this.executor.executor()).isSameAs(this.pool);
		assertThat(this.executor.isItsThread(this.pool.newThread(() -> {
		}).getName())).isTrue();
		assertThat(this.executor.isItsThread("main")).isFalse();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads")
	void thereIsNoneWhereVirtualThreadsServeRequests() {
		this.pool.setVirtualThreadsExecutor(Runnable::run);
		this.executor.customize(new Server(this.pool));
		assertThat(this.executor.executor()).isNull();
	}

	@Test
	void thereIsNoneWhereTheServerHasAPoolOfAnotherKind() {
		this.executor.customize(new Server(new VirtualPool()));
		assertThat(this.executor.executor()).isNull();
	}

	private static final class VirtualPool implements ThreadPool {

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		public void join() {
		}

		@Override
		public int getThreads() {
			return 0;
		}

		@Override
		public int getIdleThreads() {
			return 0;
		}

		@Override
		public boolean isLowOnThreads() {
			return false;
		}

	}

}
