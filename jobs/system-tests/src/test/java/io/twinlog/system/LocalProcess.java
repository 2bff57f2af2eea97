// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A local run as its user starts it: deploy/local/run.sh in a process of its own, killed as its
 * user kills it.
 */
public final class LocalProcess implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(120);
  private static final Duration STOPPED = Duration.ofSeconds(90);

  private final Process process;
  private final Path log;
  private final JsonNode ready;

  private LocalProcess(Process process, Path log, JsonNode ready) {
    this.process = process;
    this.log = log;
    this.ready = ready;
  }

  /** The root of the repository. */
  static Path home() {
    return Path.of(System.getProperty("twinlog.root"));
  }

  /** A port that was free a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Starts a run on {@code data}, without a fleet, and waits until it is ready. */
  static LocalProcess start(Path data, int kafkaPort, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of(more));
    options.add("--no-simulator");
    return startWithFleet(data, kafkaPort, options);
  }

  /** The same with a jar of a user's own. */
  public static LocalProcess startWithJar(Path data, int kafkaPort, Path jar) throws IOException {
    return start(
        data, kafkaPort, List.of("--no-simulator"), Map.of("TWINLOG_JARS", jar.toString()));
  }

  /** The same with a fleet, unless the options say otherwise. */
  public static LocalProcess startWithFleet(Path data, int kafkaPort, List<String> more)
      throws IOException {
    return start(data, kafkaPort, more, Map.of());
  }

  private static LocalProcess start(
      Path data, int kafkaPort, List<String> more, Map<String, String> environment)
      throws IOException {
    Path readyFile = data.resolveSibling(data.getFileName() + ".ready");
    Path log = data.resolveSibling(data.getFileName() + ".out");
    Files.deleteIfExists(readyFile);
    List<String> command =
        new ArrayList<>(
            List.of(
                home().resolve("deploy/local/run.sh").toString(),
                "--data",
                data.toString(),
                "--kafka-port",
                Integer.toString(kafkaPort),
                "--flink-port",
                "0",
                "--ready-file",
                readyFile.toString()));
    command.addAll(more);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    Awaitility.await("the local run is ready; it said: " + log)
        .atMost(READY)
        .until(() -> Files.exists(readyFile) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IOException("the local run ended: " + Files.readString(log));
    }
    return new LocalProcess(
        process, log, JsonMapper.builder().build().readTree(readyFile.toFile()));
  }

  public String bootstrap() {
    return ready.get("bootstrap").asText();
  }

  /** Address of Flink's pages. */
  public String flink() {
    return ready.get("flink").asText();
  }

  /** Where it keeps everything. */
  Path data() {
    return Path.of(ready.get("data").asText());
  }

  /** What it has printed so far, earlier runs on the same directory included. */
  public String output() throws IOException {
    return Files.readString(log);
  }

  /** As a crash does it: no handler runs. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** As Ctrl-C does it; the exit code. */
  public int interrupt() throws IOException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    awaitEnd();
    return process.exitValue();
  }

  private void awaitEnd() {
    process.onExit().orTimeout(STOPPED.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Its process id: that of the JVM. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
