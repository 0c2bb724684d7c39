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
 * Query of the state of a cluster. One node is queried, and another one if that fails or
 * is slow, because one node that is gone or hangs says nothing about the cluster. A node
 * whose last query has not ended is not queried again.
 */
final class ClusterStateQuery {

	private static final int MAX_PENDING = 3;

	private final Duration nodeWait;

	private final Duration limit;

	private final Set<String> pending = ConcurrentHashMap.newKeySet();

	/**
	 * Create a query.
	 * @param nodeWait the time after which another node is queried as well
	 * @param limit the time after which the query ends if there is no other node left
	 */
	ClusterStateQuery(Duration nodeWait, Duration limit) {
		this.nodeWait = nodeWait;
		this.limit = limit;
	}

	/**
	 * Query nodes until one reports that the cluster is ok.
	 * @param nodes the nodes, in any order
	 * @return the state, {@code null} if no node reports one
	 */
	@Nullable ClusterInfo run(List<ClusterNode> nodes) {
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
		free.removeIf((node) -> this.pending.contains(node.name()));
		if (free.isEmpty() && !nodes.isEmpty()) {
			throw new QueryTimeoutException("command timed out: no node of the cluster has answered the last query");
		}
		Collections.shuffle(free);
		return free;
	}

	/**
	 * Answer of a node.
	 */
	private record Answer(@Nullable ClusterInfo info, @Nullable RuntimeException failure) {

		static final Answer NONE = new Answer(null, null);

		boolean isOk() {
			return this.info != null && "ok".equals(this.info.getState());
		}

		boolean isNone() {
			return this.info == null && this.failure == null;
		}

		// A state counts for more than a failure
		Answer or(Answer next) {
			boolean isBetter = this.info == null && next.info != null;
			return (next.isOk() || isNone() || isBetter) ? next : this;
		}

		Answer orThrow() {
			if (this.failure != null) {
				throw this.failure;
			}
			return this;
		}

	}

	/**
	 * Round of queries, each on a thread of its own.
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
				boolean more = this.threads.size() < this.nodes.size() && this.threads.size() - answered < MAX_PENDING;
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
			Duration wait = last ? ClusterStateQuery.this.limit : ClusterStateQuery.this.nodeWait;
			Answer next = this.answers.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
			if (next == null && last) {
				throw new QueryTimeoutException("command timed out: no node of the cluster has answered");
			}
			return next;
		}

		private void begin(ClusterNode node) {
			ClusterStateQuery.this.pending.add(node.name());
			Thread thread = new Thread(() -> query(node), "health-redis-" + node.name());
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}

		private void query(ClusterNode node) {
			Answer answer;
			try {
				answer = new Answer(node.query().get(), null);
			}
			catch (RuntimeException ex) {
				answer = new Answer(null, ex);
			}
			catch (Error ex) {
				answer = new Answer(null, new IllegalStateException(ex));
			}
			finally {
				ClusterStateQuery.this.pending.remove(node.name());
			}
			this.answers.add(answer);
		}

		void end() {
			this.threads.forEach(Thread::interrupt);
		}

	}

}
