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

package io.github.healthstarter.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.EventExecutor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.util.Assert;

import io.github.healthstarter.access.AccessRules;
import io.github.healthstarter.lifecycle.Lifecycle;
import io.github.healthstarter.time.TimeSource;
import io.github.healthstarter.web.AccessPolicy;
import io.github.healthstarter.web.DrainHeaders;
import io.github.healthstarter.web.HttpResponse;
import io.github.healthstarter.web.RequestPlan;
import io.github.healthstarter.web.Route;

/**
 * A probe server in a process of its own, which ends with its input: {@code /ok},
 * {@code /blocking}, and {@code /leak}, which opens descriptors until there are none.
 */
public final class ProbeServerProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("listening on (\\d+)");

	private static final List<Class<?>> CLASS_PATH = List.of(ProbeServer.class, ProbeServerProcess.class, Assert.class,
			CustomizableThreadFactory.class, Log.class, ByteBuf.class, Channel.class, ByteToMessageDecoder.class,
			HttpObject.class, SslHandler.class, AddressResolver.class, EventExecutor.class);

	private static final List<SocketChannel> LEAKED = new ArrayList<>();

	private final Process process;

	private final Path output;

	private ProbeServerProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Runs the server.
	 * @param args none
	 * @throws IOException if the input fails
	 */
	public static void main(String[] args) throws IOException {
		AccessRules rules = new AccessRules(List.of(), List.of("127.0.0.1"), null);
		Map<String, Route> routes = Map.of("/ok", (request) -> text("ok"), "/blocking",
				(request) -> RequestPlan.blocking(() -> text("blocked")), "/leak", (request) -> leak());
		ProbeServerSettings settings = new ProbeServerSettings(InetAddress.getLoopbackAddress(), 0, 512, 64,
				Duration.ofSeconds(5), Duration.ofSeconds(60));
		try (ProbeServer server = new ProbeServer(settings, routes::get, new AccessPolicy(() -> rules, Runnable::run),
				new DrainHeaders(new Lifecycle(TimeSource.system(), Duration.ZERO), () -> false))) {
			LogFactory.getLog(ProbeServerProcess.class).warn("listening on " + server.start());
			while (System.in.read() >= 0) {
				// Until the end
			}
		}
	}

	private static HttpResponse text(String text) {
		return new HttpResponse(200, "text/plain", text.getBytes(StandardCharsets.UTF_8), Map.of());
	}

	private static HttpResponse leak() {
		try {
			while (LEAKED.add(SocketChannel.open())) {
				// Until there is none
			}
		}
		catch (IOException ex) {
			// There is none
		}
		return text("leaked " + LEAKED.size());
	}

	/**
	 * Starts the process.
	 * @param directory where its output is written
	 * @param launcher what is put before the command
	 * @return the process
	 */
	static ProbeServerProcess start(Path directory, String... launcher) throws IOException {
		Path output = directory.resolve("output");
		String classPath = CLASS_PATH.stream().map(ProbeServerProcess::location).collect(Collectors.joining(":"));
		List<String> command = Stream.concat(Stream.of(launcher),
				Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath,
						ProbeServerProcess.class.getName()))
			.toList();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		return new ProbeServerProcess(process, output);
	}

	private static String location(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	int awaitPort() {
		return TestProbeServer.await().until(() -> {
			Matcher port = PORT.matcher(output());
			return port.find() ? Integer.parseInt(port.group(1)) : 0;
		}, (port) -> port > 0 || !this.process.isAlive());
	}

	String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			return "";
		}
	}

	long pid() {
		return this.process.pid();
	}

	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		this.process.destroyForcibly();
	}

}
