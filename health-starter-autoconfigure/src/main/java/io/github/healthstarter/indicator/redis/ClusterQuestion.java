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

package io.github.healthstarter.indicator.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.ClusterInfo;

/**
 * Asks a node of a cluster for the state of all, and another one where that fails, or
 * takes its time. One node that is gone or hangs says nothing about the cluster. A node
 * that still owes an answer is not asked again.
 */
final class ClusterQuestion {

	private static final int MOST_WAITED_FOR = 3;

	private final Duration patience;

	private final Duration limit;

	private final Set<String> owing = ConcurrentHashMap.newKeySet();

	/**
	 * Create a question.
	 * @param patience how long a node is waited for until another is asked too
	 * @param limit how long those asked are waited for at the most where there is no
	 * other to ask
	 */
	ClusterQuestion(Duration patience, Duration limit) {
		this.patience = patience;
		this.limit = limit;
	}

	/**
	 * Ask until a node says that the cluster is ok.
	 * @param nodes the nodes, in any order
	 * @return what was said, {@code null} where nothing was
	 */
	@Nullable ClusterInfo ask(List<ClusterNode> nodes) {
		Round round = new Round(choose(nodes));
		try {
			return round.answer().info();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RedisSystemException("Interrupted while waiting for a node of the cluster", ex);
		}
		finally {
			round.end();
		}
	}

	private List<ClusterNode> choose(List<ClusterNode> nodes) {
		List<ClusterNode> free = new ArrayList<>(nodes);
		free.removeIf((node) -> this.owing.contains(node.name()));
		if (free.isEmpty() && !nodes.isEmpty()) {
			throw new QueryTimeoutException("command timed out: every node of the cluster owes an answer");
		}
		Collections.shuffle(free);
		return free;
	}

	/**
	 * What a node answered.
	 */
	private record Answer(@Nullable ClusterInfo info, @Nullable RuntimeException failure) {

		static final Answer NONE = new Answer(null, null);

		boolean isOk() {
			return this.info != null && "ok".equals(this.info.getState());
		}

		boolean isNone() {
			return this.info == null && this.failure == null;
		}

		// A state counts for more than a failure.
		Answer or(Answer next) {
			boolean tellsMore = this.info == null && next.info != null;
			return (next.isOk() || isNone() || tellsMore) ? next : this;
		}

		Answer orThrow() {
			if (this.failure != null) {
				throw this.failure;
			}
			return this;
		}

	}

	/**
	 * One round of questions, each on a thread of its own.
	 */
	private final class Round {

		private final List<ClusterNode> nodes;

		private final List<Thread> threads = new ArrayList<>();

		private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

		Round(List<ClusterNode> nodes) {
			this.nodes = nodes;
		}

		Answer answer() throws InterruptedException {
			Answer best = Answer.NONE;
			int answered = 0;
			while (!best.isOk() && answered < this.nodes.size()) {
				boolean more = this.threads.size() < this.nodes.size()
						&& this.threads.size() - answered < MOST_WAITED_FOR;
				if (more) {
					begin(this.nodes.get(this.threads.size()));
				}
				Answer next = next(!more && best.isNone());
				if (next != null) {
					best = best.or(next);
					answered++;
				}
				else if (!more) {
					break;
				}
			}
			return best.orThrow();
		}

		private @Nullable Answer next(boolean last) throws InterruptedException {
			Duration wait = last ? ClusterQuestion.this.limit : ClusterQuestion.this.patience;
			Answer next = this.answers.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
			if (next == null && last) {
				throw new QueryTimeoutException("command timed out: none of the nodes asked has answered");
			}
			return next;
		}

		private void begin(ClusterNode node) {
			ClusterQuestion.this.owing.add(node.name());
			Thread thread = new Thread(() -> ask(node), "health-redis-" + node.name());
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}

		private void ask(ClusterNode node) {
			Answer answer;
			try {
				answer = new Answer(node.question().get(), null);
			}
			catch (RuntimeException ex) {
				answer = new Answer(null, ex);
			}
			catch (Error ex) {
				answer = new Answer(null, new IllegalStateException(ex));
			}
			finally {
				ClusterQuestion.this.owing.remove(node.name());
			}
			this.answers.add(answer);
		}

		void end() {
			this.threads.forEach(Thread::interrupt);
		}

	}

}
